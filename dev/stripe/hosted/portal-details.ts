import type Stripe from 'stripe';
import { updateCustomer } from '../objects/customers.ts';
import { countryChoices } from './countries.ts';
import { alertBox, type FormState, textField } from './fields.ts';
import { html } from './html.ts';
import { unknownPage } from './other-pages.ts';
import { type Desk, finished, portalPage } from './portal-desk.ts';
import type { Visit } from './visit.ts';

const address = ['line1', 'line2', 'postal_code', 'city', 'state', 'country'] as const;

/** E-mail, name and address, as far as the configuration lets customers change them. */
export function detailsPage(desk: Desk, { method, form }: Visit): Response {
  const { enabled, allowed_updates } = desk.configuration.features.customer_update;
  if (!enabled) return unknownPage();
  if (method === 'GET')
    return shown(desk, 200, { typed: known(desk), complaints: {}, notice: null });
  const email = (form.email ?? '').trim();
  if (allowed_updates.includes('email') && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    const complaints = { email: 'Enter an e-mail address, such as reader@example.org.' };
    return shown(desk, 422, { typed: form, complaints, notice: null });
  }
  const typed = Object.fromEntries(address.map((part) => [part, form[part]?.trim() ?? '']));
  updateCustomer(desk.world, desk.customer.id, {
    ...(allowed_updates.includes('email') ? { email } : {}),
    ...(allowed_updates.includes('name') ? { name: form.name?.trim() ?? '' } : {}),
    ...(allowed_updates.includes('address') ? { address: typed as Stripe.AddressParam } : {}),
  });
  return finished(desk);
}

function known({ customer }: Desk): Record<string, string> {
  const parts = address.map((part) => [part, customer.address?.[part] ?? '']);
  return { ...Object.fromEntries(parts), email: customer.email ?? '', name: customer.name ?? '' };
}

function shown(desk: Desk, status: number, state: FormState): Response {
  const { allowed_updates } = desk.configuration.features.customer_update;
  const { typed, complaints } = state;
  const field = (name: string, label: string, autocomplete: string) =>
    textField({ name, label, value: typed[name] ?? '', error: complaints[name], autocomplete });
  const may = (name: string) => allowed_updates.some((one) => one === name);
  return portalPage(
    desk,
    status,
    'About you',
    html`${alertBox(state)}<form method="post" action="${desk.base}/details" novalidate>
${may('email') ? field('email', 'Email', 'email') : null}
${may('name') ? field('name', 'Full name', 'name') : null}
${
  may('address')
    ? html`${field('line1', 'Street and number', 'address-line1')}
${field('line2', 'More of the address (optional)', 'address-line2')}
<div class="pair">${field('postal_code', 'Postcode', 'postal-code')}${field('city', 'Town', 'address-level2')}</div>
${field('state', 'State or county (optional)', 'address-level1')}
<div class="field"><label for="country">Country</label><select id="country" name="country" autocomplete="country">
<option value="">Choose …</option>${countryChoices(null).map(
        ({ code, name }) =>
          html`<option value="${code}"${code === typed.country ? html` selected` : null}>${name}</option>`,
      )}</select></div>`
    : null
}
<button class="main" name="action" value="save">Save</button></form>`,
  );
}
