import Stripe from 'stripe';
import type { PayInput } from './control.ts';
import { createStandIn, type StandIn, type StandInOptions } from './stand-in.ts';
import { compileSchemas } from './validate.ts';

// Before the clocks of the tests run.
compileSchemas();

export const testSecret = 'whsec_test';

export type Bench = {
  standIn: StandIn;
  stripe: Stripe;
  /** The webhooks that arrived, verified by the SDK; a refused one is in `refused`. */
  received: Stripe.Event[];
  refused: string[];
};

/** A stand-in, the real SDK connected to it in process, and an endpoint that verifies and collects webhooks. */
export function bench(options: Partial<StandInOptions> = {}): Bench {
  const received: Stripe.Event[] = [];
  const refused: string[] = [];
  // Time stands still but for `advance`, however slow the machine is.
  const began = new Date();
  const standIn = createStandIn({
    seed: 'bench',
    clock: { now: () => began },
    publicOrigin: 'http://stripe.test',
    webhook: { url: 'http://app.test/api/webhooks/stripe', secrets: [testSecret] },
    deliver: async (request) => {
      try {
        received.push(await verified(request, testSecret));
        return new Response('ok');
      } catch (error) {
        refused.push(String(error));
        return new Response('no', { status: 400 });
      }
    },
    ...options,
  });
  const stripe = new Stripe('sk_test_bench', {
    httpClient: Stripe.createFetchHttpClient(standIn.fetch),
    maxNetworkRetries: 0,
  });
  return { standIn, stripe, received, refused };
}

export async function verified(request: Request, secret: string): Promise<Stripe.Event> {
  const signature = request.headers.get('stripe-signature') ?? '';
  return Stripe.webhooks.constructEvent(await request.text(), signature, secret);
}

/** A session for one printed issue of €12.50, with what `more` adds. */
export function anOrder(
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    success_url: 'https://magazine.test/thanks?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://magazine.test/issues/4',
    line_items: [
      {
        price_data: {
          currency: 'eur',
          unit_amount: 1250,
          product_data: { name: 'No. 4 „Über Inseln“' },
        },
        quantity: 1,
      },
    ],
    ...more,
  };
}

export const buyer: PayInput = {
  email: 'reader@example.org',
  name: 'Ada Reader',
  address: { line1: 'Hafenweg 1', city: 'Hamburg', postal_code: '20457', country: 'DE' },
  outcome: 'succeeds',
};

/** What a call is refused with; throws when it isn't refused. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('The call was not refused.');
}
