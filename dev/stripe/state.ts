import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import type { Decline } from './objects/test-methods.ts';
import { type ObjectKind, SERVED } from './schemas/served.ts';

/** The stored objects, by the value of their `object` field. */
export type Kinds = {
  balance_transaction: Stripe.BalanceTransaction;
  'billing_portal.configuration': Stripe.BillingPortal.Configuration;
  'billing_portal.session': Stripe.BillingPortal.Session;
  charge: Stripe.Charge;
  'checkout.session': Stripe.Checkout.Session;
  coupon: Stripe.Coupon;
  credit_note: Stripe.CreditNote;
  credit_note_line_item: Stripe.CreditNoteLineItem;
  customer: Stripe.Customer;
  customer_balance_transaction: Stripe.CustomerBalanceTransaction;
  discount: Stripe.Discount;
  dispute: Stripe.Dispute;
  event: Stripe.Event;
  invoice: Stripe.Invoice;
  invoice_payment: Stripe.InvoicePayment;
  invoiceitem: Stripe.InvoiceItem;
  item: Stripe.LineItem;
  line_item: Stripe.InvoiceLineItem;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  plan: Stripe.Plan;
  price: Stripe.Price;
  product: Stripe.Product;
  promotion_code: Stripe.PromotionCode;
  'radar.early_fraud_warning': Stripe.Radar.EarlyFraudWarning;
  refund: Stripe.Refund;
  setup_intent: Stripe.SetupIntent;
  shipping_rate: Stripe.ShippingRate;
  subscription: Stripe.Subscription;
  subscription_item: Stripe.SubscriptionItem;
  tax_rate: Stripe.TaxRate;
  'test_helpers.test_clock': Stripe.TestHelpers.TestClock;
};

/** What Stripe knows of a Checkout session and doesn't show in the object. Amounts in minor units. */
export type SessionBackstage = {
  lineItems: Stripe.LineItem[];
  discounts: Stripe.Discount[];
  intent: Stripe.Checkout.SessionCreateParams.PaymentIntentData;
  /** What was typed before the bank's 3-D Secure page. */
  typed: Record<string, string> | null;
  /** In `mode: 'subscription'`: what the subscription is to be, and the intent of the tries to pay its first invoice. */
  subscription?: Stripe.Checkout.SessionCreateParams.SubscriptionData;
  firstIntent?: string;
  /** What the buyer chose to pay, by line, where the price is open. */
  chosen?: Record<string, number>;
  /** What of the buyer's words goes to a customer who is known already. */
  customerUpdate?: Stripe.Checkout.SessionCreateParams.CustomerUpdate;
};

/**
 * Days until an invoice is due, where it is sent, and whether it was told of as overdue. The first invoice of a
 * Checkout session is reckoned as its page was: by the country typed there (null: none), whatever the balance.
 */
export type InvoiceBackstage = {
  days: number;
  overdueTold: boolean;
  checkout?: { country: string | null };
};

/** What is kept beside the objects and shown in none. Times in seconds. */
export type Drawers = {
  session: SessionBackstage;
  /** By payment intent: a delayed debit waiting for its bank, the outcome, and when it falls. */
  debit: { outcome: 'succeeds' | 'fails'; at: number; session: string | null };
  /** By payment method: how charges of it end. */
  method: { number: string };
  /** By customer: how the next charges without the customer present end, whatever the card. */
  declines: { next: Decline[] };
  /** By subscription: whether the trial's end was announced, and which period's end was. */
  subscription: { trialTold: boolean; upcomingTold: number | null };
  /** By subscription item. */
  item: { subscription: string };
  invoice: InvoiceBackstage;
  /** Coupons that were deleted and still take off where they were granted. */
  coupon: Stripe.Coupon;
  /** By portal session: when it ends, and the card that its bank is being asked about. */
  portal: { until: number; atBank?: string | null };
};

/** Something that time alone brings about: `at` in seconds, on a test clock or (null) on the stand-in's own. */
export type Appointment = {
  at: number;
  task: 'session' | 'debit' | 'subscription' | 'invoice';
  id: string;
  clock: string | null;
  nth: number;
};

/** What becomes of subscriptions whose renewal fails, as an account sets it in Stripe's dashboard. */
export type BillingSettings = {
  /** Days from one failed try to the next. */
  retryDays: number[];
  /** After the last of them. */
  lastly: 'cancel' | 'unpaid' | 'past_due';
  /** Days before a renewal that `invoice.upcoming` tells of it; 0 never. */
  upcomingDays: number;
};

/** One event on its way to the webhook endpoint. Times in seconds. */
export type Delivery = { eventId: string; dueAt: number; attempt: number; firstAt: number };

/** An answer kept for its idempotency key. `answer` is null while the request runs. */
export type KeptAnswer = {
  fingerprint: string;
  at: number;
  answer: { status: number; body: string; requestId: string } | null;
};

export const STATE_VERSION = 2;

/** Everything that survives a restart; plain JSON. */
export type State = {
  version: typeof STATE_VERSION;
  seed: string;
  counter: number;
  /** Seconds that the virtual clock is ahead of the given one. */
  ahead: number;
  objects: { [K in ObjectKind]: Record<string, Kinds[K]> };
  drawers: { [D in keyof Drawers]: Record<string, Drawers[D]> };
  /** A heap by time for each clock; what has been overtaken stays until its time and then finds nothing to do. */
  agenda: Record<string, Appointment[]>;
  appointed: number;
  billing: BillingSettings;
  outbox: Delivery[];
  idempotency: Record<string, KeptAnswer>;
};

/** An empty state. Without a seed, ids differ from every other run, so that two databases never see the same ones. */
export function emptyState(seed = randomBytes(8).toString('hex')): State {
  const kinds = Object.keys(SERVED).map((kind) => [kind, {}]);
  return {
    version: STATE_VERSION,
    seed,
    counter: 0,
    ahead: 0,
    objects: Object.fromEntries(kinds) as State['objects'],
    drawers: {
      session: {},
      debit: {},
      method: {},
      declines: {},
      subscription: {},
      item: {},
      invoice: {},
      coupon: {},
      portal: {},
    },
    agenda: {},
    appointed: 0,
    billing: { retryDays: [3, 5, 7], lastly: 'cancel', upcomingDays: 7 },
    outbox: [],
    idempotency: {},
  };
}
