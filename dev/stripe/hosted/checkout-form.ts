import type Stripe from 'stripe';
import { type Complaints, fixedEmail } from '../checkout.ts';
import { backstageOf, need, type World } from '../world.ts';
import { countryChoices } from './countries.ts';
import { alertBox, errorLine, type FormState, invalidMarks, textField } from './fields.ts';
import { type Html, html, safeUrl } from './html.ts';
import { amountText } from './money.ts';
import { paymentFields, testList } from './payment-fields.ts';
import { renewalText } from './renewal-text.ts';
import { orderSummary } from './summary.ts';

type Session = Stripe.Checkout.Session;

/** The Checkout page of an open session. */
export function checkoutForm(world: World, session: Session, state: FormState): Html {
  const { complaints } = state;
  const needs = addressNeeds(session);
  return html`${cancelLink(session)}<h1>Checkout</h1>
${alertBox(state)}
<form method="post" action="/c/pay/${session.id}" class="columns" novalidate>
${session.mode === 'setup' ? null : summarySection(world, session, state)}
<div class="buyer">
<input type="hidden" name="shown_total" value="${session.amount_total}">
${emailField(world, session, state)}
${needs.any ? addressFields(session, state, needs.whole) : null}
${session.shipping_options.length ? shippingChoice(world, session, complaints) : null}
${paymentFields(session, state)}
<button class="pay" name="action" value="pay">${payLabel(session)}</button>
</div>
${testList(session)}
<p class="end"><button name="action" value="expire">Let this page expire</button></p>
</form>`;
}

function summarySection(world: World, session: Session, state: FormState): Html {
  const { typed, complaints } = state;
  const controls = (item: Stripe.LineItem) =>
    item.price?.custom_unit_amount
      ? amountField(item, typed, complaints)
      : quantityField(item, typed, complaints);
  return html`<section class="summary" aria-labelledby="order">
<h2 id="order">Your order</h2>
${orderSummary(world, session, controls)}
${renewalText(world, session)}
${session.allow_promotion_codes ? promotionField(world, session, state) : null}
</section>`;
}

/** What the buyer wants to pay, where the price is open. */
function amountField(
  item: Stripe.LineItem,
  typed: FormState['typed'],
  complaints: Complaints,
): Html {
  const error = complaints.amount;
  return html`<span class="row"><span><label for="amount">Amount in ${item.currency.toUpperCase()}</label>
<input class="number" inputmode="decimal" id="amount" name="amount" value="${
    typed.amount ?? (item.amount_subtotal / 100).toFixed(2)
  }"${invalidMarks('amount', error)}></span>
<button name="action" value="update">Update</button></span>${errorLine('amount', error)}`;
}

function cancelLink({ cancel_url }: Session): Html | null {
  if (!cancel_url) return null;
  return html`<p class="back"><a href="${safeUrl(cancel_url)}">← Cancel and go back</a></p>`;
}

function emailField(world: World, session: Session, { typed, complaints }: FormState): Html {
  const fixed = fixedEmail(world, session);
  return html`<fieldset><legend>Contact</legend>${textField({
    name: 'email',
    label: 'Email',
    value: fixed ?? typed.email ?? '',
    error: complaints.email,
    type: 'email',
    autocomplete: 'email',
    readonly: fixed !== null,
  })}</fieldset>`;
}

function addressNeeds(session: Session): { any: boolean; whole: boolean } {
  const whole =
    session.shipping_address_collection !== null ||
    session.billing_address_collection === 'required';
  return { whole, any: whole || session.automatic_tax.enabled };
}

function quantityField(
  item: Stripe.LineItem,
  typed: FormState['typed'],
  complaints: Complaints,
): Html | null {
  const limits = item.adjustable_quantity;
  if (!limits) return null;
  const name = `quantity_${item.id}`;
  const error = complaints[`quantity.${item.id}`];
  return html`<span class="row"><span><label for="${name}">Quantity <span class="unseen">of ${item.description}</span></label>
<input class="number" type="number" inputmode="numeric" id="${name}" name="${name}" value="${typed[name] ?? item.quantity}"
min="${limits.minimum}" max="${limits.maximum}"${invalidMarks(name, error)}></span>
<button name="action" value="update">Update</button></span>${errorLine(name, error)}`;
}

function promotionField(world: World, session: Session, { typed, complaints }: FormState): Html {
  const used = backstageOf(world, session.id).discounts[0]?.promotion_code;
  const code = used ? need(world, 'promotion_code', String(used)).code : '';
  const error = complaints.promotionCode;
  return html`<div class="row"><div class="grow"><label for="promotion_code">Add promotion code</label>
<input id="promotion_code" name="promotion_code" value="${error ? (typed.promotion_code ?? code) : code}"
autocomplete="off"${invalidMarks('promotion_code', error)}></div>
<button name="action" value="update">Apply</button></div>${errorLine('promotion_code', error)}`;
}

function addressFields(session: Session, state: FormState, whole: boolean): Html {
  const { typed, complaints } = state;
  const field = (name: string, label: string, autocomplete: string) =>
    textField({
      name,
      label,
      value: typed[name] ?? '',
      error: complaints[name === 'name' ? name : `address.${name}`],
      autocomplete,
    });
  const street = html`${field('name', 'Full name', 'name')}
${field('line1', 'Street and number', 'address-line1')}
${field('line2', 'More of the address (optional)', 'address-line2')}
<div class="pair">${field('postal_code', 'Postcode', 'postal-code')}${field('city', 'Town', 'address-level2')}</div>
${field('state', 'State or county (optional)', 'address-level1')}`;
  return html`<fieldset><legend>${session.shipping_address_collection ? 'Where it goes' : 'Billing address'}</legend>
${whole ? street : null}
${countryField(session, state)}
</fieldset>`;
}

function countryField(session: Session, { typed, complaints }: FormState): Html {
  const choices = countryChoices(session.shipping_address_collection?.allowed_countries ?? null);
  const chosen = typed.country ?? (choices.length === 1 ? choices[0]?.code : '');
  const error = complaints['address.country'];
  const options = choices.map(
    ({ code, name }) =>
      html`<option value="${code}"${code === chosen ? html` selected` : null}>${name}</option>`,
  );
  return html`<div class="field"><label for="country">Country</label>
<select id="country" name="country" autocomplete="country"${invalidMarks('country', error)}>
<option value="">Choose …</option>${options}</select>${errorLine('country', error)}</div>`;
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
  if (session.mode === 'setup') return 'Save card';
  if (session.mode === 'subscription') return total === 0 ? 'Start trial' : 'Subscribe';
  return total === 0 ? 'Complete order' : `Pay ${amountText(total, session.currency ?? '')}`;
}
