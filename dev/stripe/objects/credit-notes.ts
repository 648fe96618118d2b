import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { sum } from '../totals.ts';
import { findBy, idOf, need, newId, put, type World } from '../world.ts';
import { lineTax, lineTotal, noteLines, taxInside } from './credit-note-lines.ts';
import { moveBalance } from './customer-balance.ts';
import { emit } from './events.ts';
import { markPaid } from './invoice-payments.ts';
import { listOf } from './invoices.ts';
import { createRefund } from './refunds.ts';

type Create = Stripe.CreditNoteCreateParams;
type Note = Stripe.CreditNote;
type Split = { refund: number; credit: number; outside: number };

/**
 * Takes back part of an invoice: of an open one what is still owed, of a paid one by a refund, to the customer's
 * balance, or outside of Stripe. Amounts in minor units, taxes included.
 */
export function createCreditNote(world: World, params: Create): Note {
  const invoice = need(world, 'invoice', params.invoice, 'invoice');
  if (invoice.status !== 'open' && invoice.status !== 'paid') {
    throw invalid(`You can only create credit notes on open or paid invoices.`, 'invoice');
  }
  const id = newId(world, 'cn');
  const lines = noteLines(world, invoice, params);
  const total = sum(lines.map(lineTotal));
  refuseTooMuch(world, invoice, total);
  const open = invoice.status === 'open';
  const split = open ? { refund: 0, credit: 0, outside: 0 } : splitOf(params, total);
  const refund = split.refund > 0 ? refundOf(world, invoice, split.refund) : null;
  const balance = split.credit > 0 ? creditOf(world, invoice, split.credit, id) : null;
  const note = put(world, 'credit_note', {
    ...unusedFields,
    id,
    object: 'credit_note',
    amount: total,
    created: world.now(),
    currency: invoice.currency,
    customer: String(idOf(invoice.customer)),
    customer_balance_transaction: balance?.id ?? null,
    effective_at: world.now(),
    invoice: invoice.id,
    lines: listOf(lines, `/v1/credit_notes/${id}/lines`),
    memo: params.memo ?? null,
    metadata: mergeMetadata(null, params.metadata),
    number: numberOf(world, invoice),
    out_of_band_amount: split.outside || null,
    pdf: `${world.publicOrigin}/credit-notes/${id}/pdf`,
    post_payment_amount: open ? 0 : total,
    pre_payment_amount: open ? total : 0,
    reason: params.reason ?? null,
    refunds: refund
      ? [
          {
            amount_refunded: split.refund,
            payment_record_refund: null,
            refund: refund.id,
            type: 'refund',
          },
        ]
      : [],
    status: 'issued',
    subtotal: sum(lines.map((line) => line.amount)),
    subtotal_excluding_tax: sum(lines.map((line) => line.amount - taxInside(line))),
    total,
    total_excluding_tax: total - sum(lines.map(lineTax)),
    total_taxes: lines.flatMap((line) => line.taxes ?? []),
    type: open ? 'pre_payment' : 'post_payment',
    voided_at: null,
  });
  emit(world, 'credit_note.created', note);
  if (open) lessen(world, invoice, total);
  else invoice.post_payment_credit_notes_amount += total;
  return note;
}

export function updateCreditNote(
  world: World,
  id: string,
  params: Stripe.CreditNoteUpdateParams,
): Note {
  const note = need(world, 'credit_note', id);
  return update(world, note, 'credit_note.updated', params, () => {
    if (params.memo !== undefined) note.memo = params.memo || null;
  });
}

/** Only a note on an invoice that is still open can be taken back. */
export function voidCreditNote(world: World, id: string): Note {
  const note = need(world, 'credit_note', id);
  const invoice = need(world, 'invoice', String(idOf(note.invoice)));
  if (note.status === 'void' || note.type !== 'pre_payment' || invoice.status !== 'open') {
    throw invalid('You can only void a credit note of an open invoice.');
  }
  note.status = 'void';
  note.voided_at = world.now();
  invoice.pre_payment_credit_notes_amount -= note.total;
  invoice.amount_due += note.total;
  invoice.amount_remaining += note.total;
  emit(world, 'credit_note.voided', note);
  return note;
}

/** Of a paid invoice, each cent goes back in exactly one way. */
function splitOf(params: Create, total: number): Split {
  const split = {
    refund: params.refund_amount ?? 0,
    credit: params.credit_amount ?? 0,
    outside: params.out_of_band_amount ?? 0,
  };
  if (split.refund + split.credit + split.outside !== total) {
    throw invalid(
      `The sum of credit amount, refund amount and out of band amount must equal the credit note amount (${total}).`,
      'credit_amount',
    );
  }
  return split;
}

function refuseTooMuch(world: World, invoice: Stripe.Invoice, total: number): void {
  const before = findBy(world, 'credit_note', 'invoice', invoice.id)
    .filter(({ status, type }) => status === 'issued' && type === 'post_payment')
    .map((note) => note.total);
  const most = invoice.status === 'open' ? invoice.amount_remaining : invoice.total - sum(before);
  if (total < 1 || total > most) {
    throw invalid(`The credit note's amount must be from 1 to ${most}.`, 'amount');
  }
}

function refundOf(world: World, invoice: Stripe.Invoice, amount: number): Stripe.Refund {
  const paid = findBy(world, 'invoice_payment', 'invoice', invoice.id).find(
    (one) => one.status === 'paid',
  );
  const payment_intent = idOf(paid?.payment.payment_intent);
  if (payment_intent === null) {
    throw invalid('This invoice has no payment that could be refunded.', 'refund_amount');
  }
  return createRefund(world, { payment_intent, amount });
}

function creditOf(world: World, invoice: Stripe.Invoice, amount: number, note: string) {
  const { currency } = invoice;
  const why = { type: 'credit_note', currency, invoice: invoice.id, credit_note: note } as const;
  return moveBalance(world, String(idOf(invoice.customer)), -amount, why);
}

/** An open invoice is owed less; nothing left is as good as paid. */
function lessen(world: World, invoice: Stripe.Invoice, amount: number): void {
  invoice.pre_payment_credit_notes_amount += amount;
  invoice.amount_due -= amount;
  invoice.amount_remaining -= amount;
  if (invoice.amount_remaining === 0) markPaid(world, invoice, true);
  else emit(world, 'invoice.updated', invoice);
}

function numberOf(world: World, invoice: Stripe.Invoice): string {
  const nth = findBy(world, 'credit_note', 'invoice', invoice.id).length + 1;
  return `${invoice.number}-CN-${String(nth).padStart(2, '0')}`;
}

const unusedFields = {
  amount_shipping: 0,
  customer_account: null,
  discount_amount: 0,
  discount_amounts: [],
  livemode: false,
  pretax_credit_amounts: [],
  shipping_cost: null,
} satisfies Partial<Note>;
