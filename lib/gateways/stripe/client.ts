import Stripe from 'stripe';
import { env } from '#lib/env.ts';

type Fetch = (request: Request) => Promise<Response>;

const key = Symbol.for('broadside.stripe-fetch');
const shared = globalThis as typeof globalThis & { [key]?: Fetch };

let client: Stripe | undefined;

/** Stripe gave no answer, or none of use (429, 5xx), after the SDK's own retries. Trying again later is safe. */
export class StripeUnavailable extends Error {
  override name = 'StripeUnavailable';
}

/** Runs a request; where Stripe doesn't answer, `StripeUnavailable` is thrown, so that nobody else knows SDK errors. */
export async function asking<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    const unanswered =
      error instanceof Stripe.errors.StripeConnectionError ||
      error instanceof Stripe.errors.StripeAPIError ||
      error instanceof Stripe.errors.StripeRateLimitError ||
      (error instanceof Stripe.errors.StripeError && error.statusCode === 409);
    if (unanswered) throw new StripeUnavailable(error.message, { cause: error });
    throw error;
  }
}

/** Reads an object that may not be there: `null` where Stripe knows none of that id. */
export async function lookingUp<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await asking(request);
  } catch (error) {
    const missing =
      error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';
    if (missing) return null;
    throw error;
  }
}

/** Lets a stand-in in this process answer instead of the network; `null` gives the network back. For tests. */
export function setStripeFetch(fetch: Fetch | null): void {
  client = undefined;
  if (fetch) shared[key] = fetch;
  else delete shared[key];
}

/** Whether the shop can take money: Stripe's key is set. */
export function stripeReady(): boolean {
  return settings() !== null;
}

/** Whether the key is one for real money. Objects of the other mode are none of ours. */
export function stripeLivemode(): boolean {
  return /^[a-z]+_live_/.test(settings()?.secretKey ?? '');
}

/** Whether prices exclude tax, which Stripe then reckons and adds. */
export function stripeTax(): 'none' | 'included' | 'added' {
  return settings()?.tax ?? 'none';
}

/** The SDK, for the files of this folder. Throws where Stripe is not set up: callers ask `stripeReady` first. */
export function stripe(): Stripe {
  const set = settings();
  if (!set) throw new Error('Stripe is not set up: STRIPE_SECRET_KEY is missing');
  client ??= new Stripe(set.secretKey, {
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
    appInfo: { name: 'Broadside' },
    ...origin(set.apiUrl),
  });
  return client;
}

function settings() {
  return env().stripe;
}

/** The SDK takes an origin in three parts. An in-process stand-in gets none, since the SDK then names no port either. */
function origin(apiUrl: string | null): Stripe.StripeConfig {
  const fetch = shared[key];
  if (fetch) {
    return {
      httpClient: Stripe.createFetchHttpClient(
        (input: string | URL | Request, init?: RequestInit) => fetch(new Request(input, init)),
      ),
    };
  }
  if (!apiUrl) return {};
  const url = new URL(apiUrl);
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  return {
    host: url.hostname,
    port: url.port || (protocol === 'http' ? 80 : 443),
    protocol,
  };
}
