import type Stripe from 'stripe';
import type { Complaints } from '../checkout.ts';
import { backstageOf, need, type World } from '../world.ts';
import { countryChoices } from './countries.ts';
import { type Html, html, safeUrl } from './html.ts';
import { amountText } from './money.ts';
import { orderSummary } from './summary.ts';

type Session = Stripe.Checkout.Session;

/** What the page shows again after a try: what was typed by field name, what is wrong with it, and a word above. */
export type FormState = {
  typed: Record<string, string>;
  complaints: Complaints;
  notice: string | null;
};

/** The Checkout page of an open session. */
export function checkoutForm(world: World, session: Session, state: FormState): Html {
  const { typed, complaints } = state;
  const collects = addressNeeds(session);
  return html`<h1>Checkout</h1>
${alertBox(state)}
<form method="post" class="columns" novalidate>
<section class="summary" aria-labelledby="order">
<h2 id="order">Your order</h2>
${orderSummary(world, session, (item) => quantityField(item, typed, complaints))}
${session.allow_promotion_codes ? promotionField(world, session, state) : null}
</section>
<div>
<input type="hidden" name="shown_total" value="${session.amount_total}">
<fieldset><legend>Contact</legend>
${textField('email', 'E-mail', typed.email ?? session.customer_email ?? '', complaints.email, 'email', 'email')}
</fieldset>
${collects.any ? addressFields(session, typed, complaints, collects.whole) : null}
${session.shipping_options.length ? shippingChoice(world, session, complaints) : null}
<button class="pay" name="action" value="pay">${payLabel(session)}</button>
${endings(session, complaints)}
</div>
</form>`;
}

/** The name of a form field for a complaint's key. */
export function fieldOf(key: string): string {
  if (key === 'shippingRate') return 'shipping_rate';
  if (key === 'promotionCode') return 'promotion_code';
  return key.replace('address.', '').replace('quantity.', 'quantity_');
}

function addressNeeds(session: Session): { any: boolean; whole: boolean } {
  const whole =
    session.shipping_address_collection !== null ||
    session.billing_address_collection === 'required';
  return { whole, any: whole || session.automatic_tax.enabled };
}

function alertBox({ complaints, notice }: FormState): Html | null {
  const entries = Object.entries(complaints);
  if (!entries.length && notice === null) return null;
  const links = entries.map(([key, text]) => html`<li><a href="#${fieldOf(key)}">${text}</a></li>`);
  return html`<div class="alert" role="alert" tabindex="-1">
<p><strong>${notice ?? 'Please check these:'}</strong></p>
${links.length ? html`<ul>${links}</ul>` : null}</div>`;
}

function quantityField(
  item: Stripe.LineItem,
  typed: Record<string, string>,
  complaints: Complaints,
): Html | null {
  if (!item.adjustable_quantity) return null;
  const name = `quantity_${item.id}`;
  const error = complaints[`quantity.${item.id}`];
  return html`<span class="row"><span><label for="${name}">Quantity <span class="unseen">of ${item.description}</span></label>
<input class="number" type="number" inputmode="numeric" id="${name}" name="${name}" value="${typed[name] ?? item.quantity}"
min="${item.adjustable_quantity.minimum}" max="${item.adjustable_quantity.maximum}"${invalidMarks(name, error)}></span>
<button name="action" value="update">Update</button></span>${errorLine(name, error)}`;
}

function promotionField(world: World, session: Session, { typed, complaints }: FormState): Html {
  const used = backstageOf(world, session.id).discounts[0]?.promotion_code;
  const code = used ? need(world, 'promotion_code', String(used)).code : '';
  const error = complaints.promotionCode;
  return html`<div class="row"><div class="grow"><label for="promotion_code">Promotion code</label>
<input id="promotion_code" name="promotion_code" value="${error ? (typed.promotion_code ?? code) : code}"
autocomplete="off"${invalidMarks('promotion_code', error)}></div>
<button name="action" value="update">Apply</button></div>${errorLine('promotion_code', error)}`;
}

function addressFields(
  session: Session,
  typed: Record<string, string>,
  complaints: Complaints,
  whole: boolean,
): Html {
  const shipping = session.shipping_address_collection;
  const choices = countryChoices(shipping?.allowed_countries ?? null);
  const chosen = typed.country ?? (choices.length === 1 ? choices[0]?.code : '');
  const error = complaints['address.country'];
  const field = (name: string, label: string, autocomplete: string) =>
    textField(
      name,
      label,
      typed[name] ?? '',
      complaints[name === 'name' ? name : `address.${name}`],
      'text',
      autocomplete,
    );
  const options = choices.map(
    ({ code, name }) =>
      html`<option value="${code}"${code === chosen ? html` selected` : null}>${name}</option>`,
  );
  return html`<fieldset><legend>${shipping ? 'Where it goes' : 'Billing address'}</legend>
${
  whole
    ? html`${field('name', 'Full name', 'name')}${field('line1', 'Street and number', 'address-line1')}
${field('line2', 'More of the address (optional)', 'address-line2')}
<div class="pair">${field('postal_code', 'Postcode', 'postal-code')}${field('city', 'Town', 'address-level2')}</div>
${field('state', 'State or county (optional)', 'address-level1')}`
    : null
}
<div class="field"><label for="country">Country</label>
<select id="country" name="country" autocomplete="country"${invalidMarks('country', error)}>
<option value="">Choose …</option>${options}</select>${errorLine('country', error)}</div>
</fieldset>`;
}

function shippingChoice(world: World, session: Session, complaints: Complaints): Html {
  const chosen = String(session.shipping_cost?.shipping_rate ?? '');
  const options = session.shipping_options.map((option, index) => {
    const rate = need(world, 'shipping_rate', String(option.shipping_rate));
    const id = index === 0 ? 'shipping_rate' : rate.id;
    return html`<label class="choice"><input type="radio" id="${id}" name="shipping_rate" value="${rate.id}"${
      rate.id === chosen ? html` checked` : null
    }> <span>${rate.display_name}</span> <span>${amountText(option.shipping_amount, session.currency ?? '')}</span></label>`;
  });
  return html`<fieldset><legend>How to send it</legend>${options}${errorLine('shipping_rate', complaints.shippingRate)}</fieldset>`;
}

function payLabel(session: Session): string {
  const total = session.amount_total ?? 0;
  return total === 0 ? 'Complete order' : `Pay ${amountText(total, session.currency ?? '')}`;
}

function endings(session: Session, complaints: Complaints): Html {
  const button = (value: string, label: string) =>
    html`<button name="action" value="${value}">${label}</button>`;
  const paid = (session.amount_total ?? 0) > 0;
  const delayed = paid && session.payment_method_types.includes('sepa_debit');
  return html`<fieldset><legend>Other endings, for trying</legend>
<div class="endings" id="outcome">
${paid ? [button('declined', 'Decline card'), button('three_d_secure', 'Pay with 3-D Secure')] : null}
${delayed ? [button('delayed_succeeds', 'Delayed debit that succeeds'), button('delayed_fails', 'Delayed debit that fails')] : null}
${button('expire', 'Let it expire')}
</div>${errorLine('outcome', complaints.outcome)}</fieldset>
${session.cancel_url ? html`<p><a href="${safeUrl(session.cancel_url)}">Cancel and go back</a></p>` : null}`;
}

function textField(
  name: string,
  label: string,
  value: string,
  error: string | undefined,
  type: string,
  autocomplete: string,
): Html {
  return html`<div class="field"><label for="${name}">${label}</label>
<input type="${type}" id="${name}" name="${name}" value="${value}" autocomplete="${autocomplete}"${invalidMarks(name, error)}>
${errorLine(name, error)}</div>`;
}

function invalidMarks(name: string, error: string | undefined): Html | null {
  return error ? html` aria-invalid="true" aria-describedby="${name}-error"` : null;
}

function errorLine(name: string, error: string | undefined): Html | null {
  return error ? html`<p class="error" id="${name}-error">${error}</p>` : null;
}
