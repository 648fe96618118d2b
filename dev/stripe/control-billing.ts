import type Stripe from 'stripe';
import { planSubscription } from './billing/plan.ts';
import { settleDebit } from './objects/debits.ts';
import { warnOfFraud } from './objects/fraud-warnings.ts';
import {
  cardOf,
  debitOf,
  forceOutcomes,
  makeDefault,
  payPresent,
} from './objects/hosted-payments.ts';
import { collect, methodFor } from './objects/invoice-payments.ts';
import type { Decline } from './objects/test-methods.ts';
import type { BillingSettings } from './state.ts';
import { customerTime } from './test-time.ts';
import { all, atMoment, idOf, need, type World, wire } from './world.ts';

/** The levers of Billing. */
export type BillingControl = {
  /** What becomes of renewals that fail; what isn't named stays. */
  billingSettings: (settings: Partial<BillingSettings>) => BillingSettings;
  /**
   * The customer's next charges while they are away end so, whatever the card: `times` of them (one without it). None
   * (`times: 0`) takes back what was said before.
   */
  declineNext: (customerId: string, how?: { kind?: Decline; times?: number }) => void;
  /** A new card or account of the customer, by its test number, charged from now on by all their subscriptions. */
  replaceCard: (customerId: string, number: string) => Stripe.PaymentMethod;
  /** A stored card gets another date, as if it had been issued so. */
  expireCard: (
    paymentMethodId: string,
    date: { month: number; year: number },
  ) => Stripe.PaymentMethod;
  /** A try to collect an open invoice now, as the engine's next one. */
  collectInvoice: (invoiceId: string) => Stripe.Invoice;
  /** The customer pays an open invoice on its hosted page, with a card by its test number (one that works without it). */
  payInvoice: (invoiceId: string, number?: string) => Stripe.Invoice;
  /** The bank's answer to an invoice's delayed debit, now. */
  settleInvoice: (invoiceId: string) => Stripe.Invoice;
  /** The card's bank suspects fraud in a payment, named by its session, invoice, intent or charge. */
  fraudWarning: (id: string) => Stripe.Radar.EarlyFraudWarning;
};

type Saved = <T>(work: () => T) => T;

export function billingControl(
  world: World,
  saved: Saved,
  chargeIdOf: (id: string) => string,
): BillingControl {
  const forCustomer = <T>(customer: string | null, work: () => T) =>
    saved(() => atMoment(world, customerTime(world, customer), work));
  const forInvoice = <T>(id: string, work: () => T) =>
    forCustomer(idOf(need(world, 'invoice', id).customer), work);
  return {
    billingSettings: (settings) =>
      saved(() => {
        Object.assign(world.state.billing, settings);
        for (const subscription of all(world, 'subscription'))
          planSubscription(world, subscription);
        return { ...world.state.billing };
      }),
    declineNext: (id, { kind = 'declined', times = 1 } = {}) =>
      saved(() =>
        forceOutcomes(
          world,
          id,
          Array.from({ length: times }, () => kind),
        ),
      ),
    replaceCard: (id, number) =>
      forCustomer(id, () => {
        const method = testCard(world, id, number);
        makeDefault(world, method, id);
        return wire(method);
      }),
    expireCard: (id, { month, year }) =>
      saved(() => {
        const method = need(world, 'payment_method', id);
        if (!method.card) throw new Error(`${id} is no card.`);
        Object.assign(method.card, { exp_month: month, exp_year: year });
        return wire(method);
      }),
    collectInvoice: (id) =>
      forInvoice(id, () => {
        const invoice = openInvoice(world, id);
        collect(world, invoice, methodFor(world, invoice));
        return wire(invoice);
      }),
    payInvoice: (id, number = '4242424242424242') =>
      forInvoice(id, () => {
        const invoice = openInvoice(world, id);
        const method = testCard(world, String(idOf(invoice.customer)), number);
        payPresent(world, invoice, method, true);
        return wire(invoice);
      }),
    settleInvoice: (id) =>
      forInvoice(id, () => {
        const waiting = debitOf(world, id);
        if (waiting === null) throw new Error(`Invoice ${id} has no delayed debit waiting.`);
        settleDebit(world, waiting);
        return wire(need(world, 'invoice', id));
      }),
    fraudWarning: (id) => saved(() => wire(warnOfFraud(world, chargeIdOf(id)))),
  };
}

function testCard(world: World, customer: string, number: string): Stripe.PaymentMethod {
  const method = cardOf(world, customer, number);
  if (!method) throw new Error(`${number} is no test number.`);
  return method;
}

function openInvoice(world: World, id: string): Stripe.Invoice {
  const invoice = need(world, 'invoice', id);
  if (invoice.status !== 'open') throw new Error(`Invoice ${id} is ${invoice.status}, not open.`);
  return invoice;
}
