import { cardOf, makeDefault, storingProblem } from '../objects/hosted-payments.ts';
import { atBankOf, keepAsked } from '../objects/portal-cards.ts';
import { need, remove } from '../world.ts';
import { alertBox, type FormState } from './fields.ts';
import { filledIn, numberTyped, readPayment } from './form-input.ts';
import { html } from './html.ts';
import { bankPage, redirect, unknownPage } from './other-pages.ts';
import { methodFields, numbersList } from './payment-fields.ts';
import { type Desk, finished, portalPage } from './portal-desk.ts';
import type { Visit } from './visit.ts';

const types = ['card', 'sepa_debit'];

/** Another card or account for everything that is running; the bank may want to ask first. */
export function cardPage(desk: Desk, visit: Visit): Response {
  if (!desk.configuration.features.payment_method_update.enabled) return unknownPage();
  const waiting = atBankOf(desk.world, desk.session.id);
  if (waiting !== null && visit.query.has('bank')) return atBank(desk, visit, waiting);
  if (visit.method === 'GET') return form(desk, 200, { typed: {}, complaints: {}, notice: null });
  const filled = filledIn(visit.form);
  if (filled) return form(desk, 200, { typed: filled, complaints: {}, notice: null });
  const payment = readPayment(visit.form, desk.world.now());
  if ('complaints' in payment) {
    const { complaints } = payment;
    return form(desk, 422, { typed: visit.form, complaints, notice: null });
  }
  const method = cardOf(desk.world, desk.customer.id, numberTyped(visit.form));
  if (!method) return form(desk, 422, { typed: {}, complaints: {}, notice: null });
  const problem = storingProblem(desk.world, method);
  if (problem !== null) {
    remove(desk.world, 'payment_method', method.id);
    return form(desk, 402, { typed: visit.form, complaints: {}, notice: problem });
  }
  if (payment.authenticates) {
    keepAsked(desk.world, desk.session.id, method.id);
    return redirect(`${desk.base}/card?bank`);
  }
  makeDefault(desk.world, method, desk.customer.id);
  return finished(desk);
}

function atBank(desk: Desk, { method, form: answer }: Visit, id: string): Response {
  if (method === 'GET') return bankPage(0, 'eur');
  keepAsked(desk.world, desk.session.id, null);
  if (answer.action !== 'complete') {
    remove(desk.world, 'payment_method', id);
    return form(desk, 402, {
      typed: {},
      complaints: {},
      notice: 'The bank did not confirm the card.',
    });
  }
  makeDefault(desk.world, need(desk.world, 'payment_method', id), desk.customer.id);
  return finished(desk);
}

function form(desk: Desk, status: number, state: FormState): Response {
  return portalPage(
    desk,
    status,
    'Payment method',
    html`${alertBox(state)}<form method="post" action="${desk.base}/card" class="columns" novalidate>
<div class="buyer">${methodFields(types, state)}
<button class="pay" name="action" value="save">Save</button></div>
${numbersList(types, `${desk.base}/card`)}</form>`,
  );
}
