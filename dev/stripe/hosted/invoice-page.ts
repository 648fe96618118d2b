import type Stripe from 'stripe';
import { cardOf, payPresent } from '../objects/hosted-payments.ts';
import { failAuthentication, paymentOf } from '../objects/payments-of-invoices.ts';
import { sum } from '../totals.ts';
import { find, idOf, need, type World } from '../world.ts';
import { alertBox, type FormState } from './fields.ts';
import { filledIn, numberTyped, readPayment } from './form-input.ts';
import { type Html, html } from './html.ts';
import { page } from './layout.ts';
import { amountText } from './money.ts';
import { bankPage, notAllowed, redirect, unknownPage } from './other-pages.ts';
import { methodFields, numbersList } from './payment-fields.ts';
import { dayText } from './renewal-text.ts';
import type { Visit } from './visit.ts';

type Invoice = Stripe.Invoice;

/** Answers `/i/:invoice`, where an open invoice is shown and paid, and the bank's page below it. */
export function answerInvoice(world: World, id: string, visit: Visit): Response {
  const invoice = find(world, 'invoice', id);
  if (!invoice || invoice.status === 'draft') return unknownPage();
  const owed = isOwed(invoice);
  if (visit.atBank) return owed ? atBank(world, invoice, visit) : redirect(`/i/${id}`);
  if (visit.method === 'GET' || !owed) return shown(world, invoice, 200, nothingTyped);
  return visit.method === 'POST' ? submit(world, invoice, visit) : notAllowed();
}

function isOwed({ status }: Invoice): boolean {
  return status === 'open' || status === 'uncollectible';
}

const nothingTyped: FormState = { typed: {}, complaints: {}, notice: null };

function submit(world: World, invoice: Invoice, { form }: Visit): Response {
  const filled = filledIn(form);
  if (filled) return shown(world, invoice, 200, { ...nothingTyped, typed: filled });
  const payment = readPayment(form, world.now());
  if ('complaints' in payment) {
    const { complaints } = payment;
    return shown(world, invoice, 422, { typed: form, complaints, notice: null });
  }
  const method = cardOf(world, String(idOf(invoice.customer)), numberTyped(form));
  if (!method) return shown(world, invoice, 422, { ...nothingTyped, typed: form });
  const result = payPresent(world, invoice, method, false);
  if (result === 'action') return redirect(`/i/${invoice.id}/authenticate`);
  if (result !== 'failed') return redirect(`/i/${invoice.id}`);
  return shown(world, invoice, 402, {
    typed: form,
    complaints: {},
    notice: whyNot(world, invoice),
  });
}

function atBank(world: World, invoice: Invoice, { method, form }: Visit): Response {
  const intent = intentOf(world, invoice);
  const card = idOf(intent?.payment_method);
  if (intent?.status !== 'requires_action' || card === null) return redirect(`/i/${invoice.id}`);
  if (method === 'GET') return bankPage(invoice.amount_remaining, invoice.currency);
  if (form.action === 'complete') {
    payPresent(world, invoice, need(world, 'payment_method', card), true);
  } else failAuthentication(world, intent);
  return redirect(`/i/${invoice.id}`);
}

function intentOf(world: World, invoice: Invoice): Stripe.PaymentIntent | null {
  const id = idOf(paymentOf(world, invoice)?.payment.payment_intent);
  return id === null ? null : find(world, 'payment_intent', id);
}

function whyNot(world: World, invoice: Invoice): string {
  const message = intentOf(world, invoice)?.last_payment_error?.message;
  return `${message ?? 'The payment failed.'} Nothing was charged.`;
}

function shown(world: World, invoice: Invoice, status: number, state: FormState): Response {
  const { currency } = invoice;
  const running = intentOf(world, invoice)?.status === 'processing';
  const types = currency === 'eur' ? ['card', 'sepa_debit'] : ['card'];
  const form = html`<form method="post" action="/i/${invoice.id}" class="columns" novalidate>
<div class="buyer">${methodFields(types, state)}
<button class="pay" name="action" value="pay">Pay ${amountText(invoice.amount_remaining, currency)}</button></div>
${numbersList(types, `/i/${invoice.id}`)}</form>`;
  return page(
    status,
    `Invoice ${invoice.number}`,
    html`<h1>Invoice ${invoice.number}</h1>${alertBox(state)}
<p><strong>${stateText(invoice, running)}</strong></p>
${linesTable(invoice)}${isOwed(invoice) && !running ? form : null}`,
  );
}

function stateText(invoice: Invoice, running: boolean): string {
  if (running) return 'A payment is under way.';
  switch (invoice.status) {
    case 'paid':
      return 'Paid';
    case 'void':
      return 'Void: nothing is owed';
    default: {
      const due = invoice.due_date === null ? '' : `, due on ${dayText(invoice.due_date)}`;
      return `Open${due}`;
    }
  }
}

function periodText({ start, end }: { start: number; end: number }): string {
  return start === end ? dayText(start) : `${dayText(start)} – ${dayText(end)}`;
}

function linesTable(invoice: Invoice): Html {
  const { currency, total_taxes, total_discount_amounts } = invoice;
  const off = sum((total_discount_amounts ?? []).map((one) => one.amount));
  const tax = sum((total_taxes ?? []).map((one) => one.amount));
  const credit = invoice.total - invoice.amount_due;
  const row = (label: string, amount: number) =>
    html`<tr><th scope="row">${label}</th><td>${amountText(amount, currency)}</td></tr>`;
  return html`<table><tbody>${invoice.lines.data.map(
    (line) => html`<tr><th scope="row">${line.description}<br>
<small>${periodText(line.period)}</small></th><td>${amountText(line.amount, currency)}</td></tr>`,
  )}</tbody><tfoot>
${off ? row('Discount', -off) : null}${tax ? row('Tax', tax) : null}
${row('Total', invoice.total)}${credit ? row('Balance and credit', -credit) : null}
<tr class="total"><th scope="row">Amount due</th><td>${amountText(invoice.amount_due, currency)}</td></tr>
</tfoot></table>`;
}
