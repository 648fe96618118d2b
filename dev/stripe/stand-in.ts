import type Stripe from 'stripe';
import { type Api, answerApi, unknownRoute } from './api.ts';
import { type Control, createControl } from './control.ts';
import { answerHosted } from './hosted/hosted.ts';
import { loadState, pruneNowAndThen, saveState } from './state-file.ts';
import type { Outbox, WebhookEndpoint } from './webhooks.ts';
import type { World } from './world.ts';

/** The API version that the SDK in package.json speaks. */
export const API_VERSION = '2026-10-28.endive' satisfies typeof Stripe.API_VERSION;

export type StandInOptions = {
  /** The time that the virtual clock starts from; the machine's without it. */
  clock?: { now: () => Date };
  /** Makes ids and shuffles repeatable. Without it no two runs share an id. */
  seed?: string;
  /** Where webhooks go, and the secrets that sign them (`whsec_…`); null sends none. */
  webhook: WebhookEndpoint | null;
  /** The origin of the hosted pages, as `http://localhost:4242`. */
  publicOrigin: string;
  /** Takes a webhook to the app; `fetch` with a limit of ten seconds without it. */
  deliver?: (request: Request) => Promise<Response>;
  /** Aborted when no more webhooks are to go out; those on their way then stay in the outbox. */
  closing?: AbortSignal;
  /** JSON file that keeps all objects over a restart. */
  stateFile?: string;
  /** The mode of the process. `production` is refused unless `demo` says that no real money is meant. */
  mode?: string | undefined;
  demo?: boolean;
};

export type StandIn = {
  /** Answers the API (`/v1/…`) and the hosted pages (`/c/pay/…`, `/i/…`, `/p/session/…`); fits `Stripe.createFetchHttpClient`. */
  fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  control: Control;
};

/**
 * Stripe for development, demo and tests: payments and Billing by the API of `API_VERSION`, hosted Checkout, invoices and
 * portal, and webhooks. No real money moves. Webhooks wait in an outbox until `control.deliverDue()` or `control.advance()`.
 * Throws under production without `demo: true`, and for webhook secrets that are empty.
 */
export function createStandIn(options: StandInOptions): StandIn {
  guard(options);
  const base = options.clock ?? { now: () => new Date() };
  const world: World = {
    state: loadState(options.stateFile, options.seed),
    publicOrigin: options.publicOrigin.replace(/\/$/, ''),
    now: () => world.moment ?? world.wall(),
    wall: () => Math.floor(base.now().getTime() / 1000) + world.state.ahead,
    moment: null,
    journals: [],
    cause: null,
    webhookDelay: () => outbox?.faults.delaySeconds ?? 0,
    apiVersion: API_VERSION,
  };
  const outbox: Outbox | null = options.webhook && {
    endpoint: options.webhook,
    faults: {},
    deliver: options.deliver ?? ((request) => deliverByFetch(request, options.closing)),
    closing: options.closing ?? null,
    reports: [],
    random: generator(options.seed ?? world.state.seed),
  };
  const save = () => {
    if (!outbox) world.state.outbox = [];
    pruneNowAndThen(world.state, world.wall());
    if (options.stateFile !== undefined) saveState(options.stateFile, world.state);
  };
  const api: Api = { world, faults: [], log: [], save };
  const answer = async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/v1/')) return answerApi(api, request);
    const page = await answerHosted(world, request, save);
    return page ?? unknownRoute(request.method, pathname);
  };
  return {
    fetch: (input, init) => {
      const request = input instanceof Request && !init ? input : new Request(input, init);
      return untilAborted(answer(request), request.signal);
    },
    control: createControl(api, outbox),
  };
}

/** As with a server, the caller's abort ends the waiting and not the work. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    if (signal.aborted) abort();
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function guard(options: StandInOptions): void {
  if (options.mode === 'production' && options.demo !== true) {
    throw new Error(
      'The Stripe stand-in does not start in production: real readers would get goods for nothing.',
    );
  }
  if (options.webhook && !options.webhook.secrets.length) {
    throw new Error('The Stripe stand-in signs every webhook: give at least one secret.');
  }
  for (const secret of options.webhook?.secrets ?? []) {
    if (secret.trim() === '')
      throw new Error('The Stripe stand-in signs every webhook: a secret is empty.');
  }
}

async function deliverByFetch(request: Request, closing?: AbortSignal): Promise<Response> {
  const limit = AbortSignal.timeout(10_000);
  return fetch(request, { signal: closing ? AbortSignal.any([closing, limit]) : limit });
}

/** Repeatable numbers from 0 to 1 (mulberry32). */
function generator(seed: string): () => number {
  let state = [...seed].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
