import Stripe from 'stripe';
import { fail, ok, type Result } from '#lib/result.ts';
import { asking, lookingUp, StripeUnavailable, stripe } from './client.ts';

/** Marks what this application made, since an account at Stripe may serve several. */
export const appMark = 'broadside';

/** Amounts in minor units. */
export type CheckoutRequest = {
  orderId: string;
  orderNumber: number;
  currency: string;
  lines: { name: string; unitAmount: number; quantity: number }[];
  /** `null` for what is not posted. */
  postage: {
    country: string;
    amount: number;
    name: string;
    minDays: number;
    maxDays: number;
  } | null;
  email: string | null;
  tax: 'none' | 'included' | 'added';
  expiresAt: Date;
  successUrl: string;
  cancelUrl: string;
};

export type PostalAddress = {
  name: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postcode: string;
  country: string;
};

/** A Checkout session as it is at Stripe now. Amounts in minor units, the currency in capitals. */
export type Checkout = {
  id: string;
  url: string | null;
  app: string | null;
  orderId: string | null;
  livemode: boolean;
  status: 'open' | 'complete' | 'expired';
  payment: 'paid' | 'unpaid' | 'free';
  /** The payment intent's last word, for a method that settles later. */
  paymentFailed: boolean;
  paymentIntentId: string | null;
  currency: string;
  lines: { unitAmount: number; quantity: number }[];
  subtotal: number;
  discount: number;
  discounted: boolean;
  postage: number;
  tax: number;
  total: number;
  email: string | null;
  address: PostalAddress | null;
};

/**
 * Opens a hosted Checkout page. The order's id is the idempotency key: asked again with the same order, Stripe answers
 * with the same session, also where the first answer was lost. `unavailable`: Stripe gave no answer, or none of use,
 * after the SDK's own retries. `refused`: it did not like the request.
 */
export async function createCheckout(
  request: CheckoutRequest,
): Promise<Result<{ id: string; url: string }, 'unavailable' | 'refused'>> {
  const options = { idempotencyKey: request.orderId };
  try {
    const session = await asking(stripe().checkout.sessions.create(paramsOf(request), options));
    if (!session.url) return fail('refused', `Session ${session.id} has no address`);
    return ok({ id: session.id, url: session.url });
  } catch (error) {
    if (error instanceof StripeUnavailable) return fail('unavailable', error.message);
    if (error instanceof Stripe.errors.StripeError) return fail('refused', error.message);
    throw error;
  }
}

/** The session as it is now, or `null` where Stripe knows none of that id. Throws where Stripe doesn't answer. */
export async function fetchCheckout(sessionId: string): Promise<Checkout | null> {
  const expand = ['line_items', 'payment_intent'];
  const session = await lookingUp(stripe().checkout.sessions.retrieve(sessionId, { expand }));
  return session && checkoutOf(session);
}

/** The session that a payment was made in, or `null` for a payment made elsewhere. */
export async function sessionOfPayment(paymentIntentId: string): Promise<string | null> {
  const list = stripe().checkout.sessions.list({ payment_intent: paymentIntentId, limit: 1 });
  return (await asking(list)).data[0]?.id ?? null;
}

/** Closes an open session for good. One that is complete or closed already stays as it is: re-read it afterwards. */
export async function closeCheckout(sessionId: string): Promise<void> {
  try {
    await asking(stripe().checkout.sessions.expire(sessionId));
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  }
}

function paramsOf(request: CheckoutRequest): Stripe.Checkout.SessionCreateParams {
  const currency = request.currency.toLowerCase();
  const tax_behavior = request.tax === 'added' ? 'exclusive' : 'inclusive';
  const metadata = { app: appMark, order: request.orderId, number: String(request.orderNumber) };
  const { postage, email } = request;
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    client_reference_id: request.orderId,
    metadata,
    payment_intent_data: { metadata },
    line_items: request.lines.map((line) => ({
      quantity: line.quantity,
      price_data: {
        currency,
        unit_amount: line.unitAmount,
        tax_behavior,
        product_data: { name: line.name },
      },
    })),
    adaptive_pricing: { enabled: false },
    allow_promotion_codes: true,
    automatic_tax: { enabled: request.tax !== 'none' },
    ...(email ? { customer_email: email } : {}),
    ...(postage ? postageParams(postage, currency, tax_behavior) : {}),
    expires_at: Math.floor(request.expiresAt.getTime() / 1000),
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
  };
}

function postageParams(
  postage: NonNullable<CheckoutRequest['postage']>,
  currency: string,
  tax_behavior: 'inclusive' | 'exclusive',
) {
  type Country = Stripe.Checkout.SessionCreateParams.ShippingAddressCollection.AllowedCountry;
  const days = (value: number) => ({ unit: 'business_day' as const, value });
  return {
    shipping_address_collection: { allowed_countries: [postage.country as Country] },
    shipping_options: [
      {
        shipping_rate_data: {
          type: 'fixed_amount' as const,
          display_name: postage.name,
          fixed_amount: { amount: postage.amount, currency },
          tax_behavior,
          delivery_estimate: {
            // Stripe takes no estimate of less than a day.
            minimum: days(Math.max(1, postage.minDays)),
            maximum: days(Math.max(1, postage.maxDays)),
          },
        },
      },
    ],
  };
}

function checkoutOf(session: Stripe.Checkout.Session): Checkout {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null;
  const totals = session.total_details;
  return {
    id: session.id,
    url: session.url,
    app: session.metadata?.['app'] ?? null,
    orderId: session.metadata?.['order'] ?? null,
    livemode: session.livemode,
    status: known(['open', 'complete', 'expired'], session.status, 'status of a session'),
    payment: paymentOf(session.payment_status),
    paymentFailed:
      intent?.status === 'canceled' ||
      (intent?.status === 'requires_payment_method' && session.status === 'complete'),
    paymentIntentId: intent?.id ?? (session.payment_intent as string | null),
    currency: (session.currency ?? '').toUpperCase(),
    lines: (session.line_items?.data ?? []).map((line) => ({
      unitAmount: line.price?.unit_amount ?? -1,
      quantity: line.quantity ?? 0,
    })),
    subtotal: session.amount_subtotal ?? 0,
    discount: totals?.amount_discount ?? 0,
    discounted: (session.discounts ?? []).length > 0,
    postage: postageOf(session),
    tax: totals?.amount_tax ?? 0,
    total: session.amount_total ?? 0,
    email: session.customer_details?.email?.trim().toLowerCase() ?? null,
    address: addressOf(session.collected_information?.shipping_details ?? null),
  };
}

/** What was charged for posting, before a tax that comes on top: that one is in the session's tax. */
function postageOf(session: Stripe.Checkout.Session): number {
  return session.shipping_cost?.amount_subtotal ?? session.total_details?.amount_shipping ?? 0;
}

function paymentOf(status: string): Checkout['payment'] {
  const payment = known(['paid', 'unpaid', 'no_payment_required'], status, 'payment status');
  return payment === 'no_payment_required' ? 'free' : payment;
}

/** The SDK's types admit any string where Stripe may add a word; ours don't. */
function known<T extends string>(words: readonly T[], word: string | null, what: string): T {
  const match = words.find((candidate) => candidate === word);
  if (!match) throw new Error(`Stripe answered with an unknown ${what}: ${word}`);
  return match;
}

function addressOf(
  details: Stripe.Checkout.Session.CollectedInformation.ShippingDetails | null,
): PostalAddress | null {
  if (!details) return null;
  const { address, name } = details;
  return {
    name,
    line1: address.line1 ?? '',
    line2: address.line2 ?? '',
    city: address.city ?? '',
    region: address.state ?? '',
    postcode: address.postal_code ?? '',
    country: address.country ?? '',
  };
}
