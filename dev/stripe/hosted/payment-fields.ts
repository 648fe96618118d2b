import type Stripe from 'stripe';
import { wantsMethod } from '../objects/session-amounts.ts';
import {
  findTestNumber,
  grouped,
  type TestNumber,
  testAccounts,
  testCards,
} from '../objects/test-methods.ts';
import { errorLine, type FormState, textField } from './fields.ts';
import { type Html, html } from './html.ts';

type Session = Stripe.Checkout.Session;

const labels: Readonly<Record<string, string>> = { card: 'Card', sepa_debit: 'SEPA Direct Debit' };

/** How to pay: filled in with what works, so that a press of the button is enough. Nothing where nothing is asked for. */
export function paymentFields(session: Session, state: FormState): Html | null {
  return wantsMethod(session) ? methodFields(session.payment_method_types, state) : null;
}

/** The fields for a card or an account, of the kinds that are taken. */
export function methodFields(types: readonly string[], { typed, complaints }: FormState): Html {
  const chosen = types.find((type) => type === typed.payment_method) ?? types[0] ?? 'card';
  const choices = types.map(
    (type, index) =>
      html`<label class="choice"><input type="radio" id="${
        index === 0 ? 'payment_method' : `payment_method_${type}`
      }" name="payment_method" value="${type}"${
        type === chosen ? html` checked` : null
      }> <span>${labels[type] ?? type}</span></label>`,
  );
  return html`<fieldset class="payment" id="payment"><legend>Payment</legend>
<p class="hint">No real money moves. Only the test numbers listed on this page are taken: never type a real one.</p>
${choices}${errorLine('payment_method', complaints.payment_method)}
${types.includes('card') ? cardFields(typed, complaints) : null}
${types.includes('sepa_debit') ? accountField(typed, complaints) : null}
</fieldset>`;
}

function cardFields(typed: FormState['typed'], complaints: FormState['complaints']): Html {
  const error = complaints.card_number;
  const plain = (name: string, label: string, value: string) =>
    textField({ name, label, value: typed[name] ?? value, error: complaints[name] });
  return html`<div class="card">
${textField({
  name: 'card_number',
  label: 'Card number',
  value: shownNumber(testCards, typed.card_number, error),
  error,
  inputmode: 'numeric',
})}
<div class="pair even">${plain('card_expiry', 'Expiration', '12 / 34')}${plain('card_cvc', 'CVC', '123')}</div>
${plain('cardholder', 'Cardholder name (optional)', '')}
</div>`;
}

function accountField(typed: FormState['typed'], complaints: FormState['complaints']): Html {
  return html`<div class="account">${textField({
    name: 'iban',
    label: 'IBAN',
    value: shownNumber(testAccounts, typed.iban, complaints.iban),
    error: complaints.iban,
  })}</div>`;
}

/** What isn't a test number is never sent back, in case it is a real one. */
function shownNumber(
  numbers: readonly TestNumber[],
  typed: string | undefined,
  error: string | undefined,
): string {
  if (error) return '';
  const known = findTestNumber(numbers, typed ?? '') ?? numbers[0];
  return known ? grouped(known.number) : '';
}

/** The test numbers of a Checkout page. */
export function testList(session: Session): Html | null {
  if (!wantsMethod(session)) return null;
  return numbersList(session.payment_method_types, `/c/pay/${session.id}`);
}

/** All test numbers with what becomes of them; a button fills each in, on the page at `address`. */
export function numbersList(types: readonly string[], address: string): Html {
  return html`<section class="tests" aria-labelledby="tests">
<h2 id="tests">Test numbers</h2>
${types.includes('card') ? numberTable(address, 'Card', testCards) : null}
${types.includes('sepa_debit') ? numberTable(address, 'SEPA Direct Debit', testAccounts) : null}
<p class="hint">Any future expiration date and any CVC will do.</p>
</section>`;
}

function numberTable(address: string, caption: string, numbers: readonly TestNumber[]): Html {
  const rows = numbers.map(
    ({ number, says }) => html`<tr><th scope="row"><code>${grouped(number)}</code><br>
<small>${says}</small></th><td><button name="action" value="use ${number}" formaction="${address}#payment">Use<span class="unseen"> ${grouped(
      number,
    )}: ${says}</span></button></td></tr>`,
  );
  return html`<table><caption>${caption}</caption><tbody>${rows}</tbody></table>`;
}
