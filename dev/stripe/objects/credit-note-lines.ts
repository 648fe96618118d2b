import Stripe from 'stripe';
import { invalid } from '../errors.ts';
import { sum } from '../totals.ts';
import { newId, type World } from '../world.ts';
import { discountOf } from './invoice-amounts.ts';

type Create = Stripe.CreditNoteCreateParams;

/** The lines of a credit note: one for a plain amount, or those that the parameters name. */
export function noteLines(
  world: World,
  invoice: Stripe.Invoice,
  params: Create,
): Stripe.CreditNoteLineItem[] {
  if ((params.amount === undefined) === (params.lines === undefined)) {
    throw invalid('Give one of amount and lines.', 'amount', 'parameter_missing');
  }
  if (params.amount !== undefined) {
    if (params.amount < 1) throw invalid('amount must be positive.', 'amount');
    const description = 'Credit';
    return [lineOf(world, { amount: params.amount, description, quantity: 1, taxes: [] })];
  }
  return (params.lines ?? []).map((line, index) =>
    lineFrom(world, invoice, line, `lines[${index}]`),
  );
}

function lineFrom(
  world: World,
  invoice: Stripe.Invoice,
  line: Stripe.CreditNoteCreateParams.Line,
  param: string,
): Stripe.CreditNoteLineItem {
  const quantity = line.quantity ?? 1;
  if (line.type === 'custom_line_item') {
    const amount = (line.unit_amount ?? 0) * quantity;
    return lineOf(world, { amount, description: line.description ?? null, quantity, taxes: [] });
  }
  const source = invoice.lines.data.find(({ id }) => id === line.invoice_line_item);
  if (!source) {
    throw invalid(`No such line item: '${line.invoice_line_item}'`, `${param}[invoice_line_item]`);
  }
  const whole = source.amount - discountOf(source);
  const part =
    line.quantity === undefined
      ? whole
      : Math.round((whole * line.quantity) / (source.quantity ?? 1));
  const amount = line.amount ?? part;
  const taxes = (source.taxes ?? []).map((tax) => ({
    ...tax,
    amount: Math.round((tax.amount * amount) / (whole || 1)),
    taxable_amount: Math.round(((tax.taxable_amount ?? 0) * amount) / (whole || 1)),
  }));
  const description = source.description;
  return {
    ...lineOf(world, { amount, description, quantity, taxes }),
    invoice_line_item: source.id,
    type: 'invoice_line_item',
  };
}

type LineInput = {
  amount: number;
  description: string | null;
  quantity: number;
  taxes: Stripe.CreditNoteLineItem.Tax[];
};

function lineOf(
  world: World,
  { amount, description, quantity, taxes }: LineInput,
): Stripe.CreditNoteLineItem {
  const unit = Math.round(amount / (quantity || 1));
  return {
    id: newId(world, 'cnli'),
    object: 'credit_note_line_item',
    amount,
    description,
    discount_amount: 0,
    discount_amounts: [],
    livemode: false,
    metadata: {},
    pretax_credit_amounts: [],
    quantity,
    tax_rates: [],
    taxes,
    type: 'custom_line_item',
    unit_amount: unit,
    unit_amount_decimal: Stripe.Decimal.from(unit),
  };
}

/** What a line gives back, tax included. In minor units. */
export function lineTotal(line: Stripe.CreditNoteLineItem): number {
  return line.amount + lineTax(line) - taxInside(line);
}

export function lineTax(line: Stripe.CreditNoteLineItem): number {
  return sum((line.taxes ?? []).map((tax) => tax.amount));
}

/** The tax that is part of a line's amount. */
export function taxInside(line: Stripe.CreditNoteLineItem): number {
  const inside = (line.taxes ?? []).filter((tax) => tax.tax_behavior === 'inclusive');
  return sum(inside.map((tax) => tax.amount));
}
