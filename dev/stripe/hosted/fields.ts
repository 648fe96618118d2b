import type { Complaints } from '../checkout.ts';
import { type Html, html } from './html.ts';

/** What the page shows again after a try: what was typed by field name, what is wrong with it, and a word above. */
export type FormState = {
  typed: Record<string, string>;
  complaints: Complaints;
  notice: string | null;
};

export type TextField = {
  name: string;
  label: string;
  value: string;
  error?: string | undefined;
  type?: 'text' | 'email';
  autocomplete?: string;
  inputmode?: 'numeric' | 'text';
  readonly?: boolean;
};

export function textField(field: TextField): Html {
  const { name, label, value, error } = field;
  return html`<div class="field"><label for="${name}">${label}</label>
<input type="${field.type ?? 'text'}" id="${name}" name="${name}" value="${value}" autocomplete="${
    field.autocomplete ?? 'off'
  }"${field.inputmode ? html` inputmode="${field.inputmode}"` : null}${
    field.readonly ? html` readonly` : null
  }${invalidMarks(name, error)}>
${errorLine(name, error)}</div>`;
}

export function invalidMarks(name: string, error: string | undefined): Html | null {
  return error ? html` aria-invalid="true" aria-describedby="${name}-error"` : null;
}

export function errorLine(name: string, error: string | undefined): Html | null {
  return error ? html`<p class="error" id="${name}-error">${error}</p>` : null;
}

/** The word above the form, with a link to each field that is wrong. */
export function alertBox({ complaints, notice }: FormState): Html | null {
  const entries = Object.entries(complaints);
  if (!entries.length && notice === null) return null;
  const links = entries.map(([key, text]) => html`<li><a href="#${fieldOf(key)}">${text}</a></li>`);
  return html`<div class="alert" role="alert">
<p><strong>${notice ?? 'Please check these:'}</strong></p>
${links.length ? html`<ul>${links}</ul>` : null}</div>`;
}

/** The id of the field that a complaint's key is about. */
function fieldOf(key: string): string {
  if (key === 'shippingRate') return 'shipping_rate';
  if (key === 'promotionCode') return 'promotion_code';
  return key.replace('address.', '').replace('quantity.', 'quantity_');
}
