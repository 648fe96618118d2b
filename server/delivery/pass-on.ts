import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import inject from 'light-my-request';
import type { Counted } from '#lib/auth/limits.ts';
import type { Settings } from '#lib/env.ts';
import type { Lead } from '#lib/redirects/queries.ts';
import { networkAddress } from './address.ts';
import { type Answer, answerOf, type Headers, send } from './answer.ts';
import { askNext } from './ask-next.ts';
import { maxBodyBytes, watchBody } from './body.ts';
import { readersDocument } from './document.ts';
import type { Failure } from './failure.ts';
import type { Gate } from './gate.ts';
import { appPolicy, readersPolicy, withOwn } from './headers.ts';
import { nowhere, wholePage } from './pages.ts';
import { plain } from './plain.ts';
import { sessionReader } from './public.ts';
import type { Way } from './ways.ts';

export type PassOnOptions = {
  settings: Settings;
  next: () => RequestListener;
  common: Headers;
  failing: Record<Failure, Answer>;
  missing: () => Promise<Answer>;
  /** Where readers of a path are sent at which no page is. */
  leadOf: (path: string) => Promise<Lead>;
  /** Whether the database was away when it was last asked. */
  away: () => boolean;
  /** Counts a search by whoever is at this network address and has this session. Throws where it can't be counted. */
  countSearch: (address: string, session: string | null) => Promise<Counted>;
  /** Counts a look at a preview link by whoever is at this network address. */
  countPreview: (address: string) => Promise<Counted>;
  gate: Gate;
  /** For what is sent with a long body: who sends one slowly keeps none but others of that kind waiting. */
  longGate: Gate;
  formTargets: string[];
};

/**
 * Passes a request on to Next: what is somebody's own, actions, webhooks. Keeps from Next what only proxies may say, cuts
 * off what is too large, says who asks in `x-broadside-address`, and gives pages a nonce for their scripts. `path` is the
 * one that was asked for, decoded.
 */
export function passOn(
  options: PassOnOptions,
): (request: IncomingMessage, response: ServerResponse, way: Way, path: string) => Promise<void> {
  const { settings, common, failing } = options;
  const siteHost = new URL(settings.siteUrl).host;
  const inDevelopment = settings.mode === 'development';
  const sessionOf = sessionReader(settings);
  const whyBroken = () => (options.away() ? 'away' : 'broken');

  /** With a build, whatever may be redirected is no business of Next's and does not come here. */
  const missing = async (path: string): Promise<Answer> => {
    const lead = inDevelopment ? await options.leadOf(path.replace(/(.)\/$/, '$1')) : null;
    if (!lead?.location) return options.missing();
    const own = withOwn(common, [
      ['location', lead.location],
      ['cache-control', 'no-cache'],
    ]);
    return answerOf(308, own, Buffer.alloc(0));
  };

  return async (request, response, way, path) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
      // The rest of it is on its way still, and would be taken for the next request.
      const close = { connection: 'close' };
      return plain(response, common, 413, 'This is too large; 32 MB is the limit.', close);
    }
    if (request.method === 'POST' && isFromElsewhere(request, siteHost)) {
      return plain(response, common, 403, 'This form was sent from another site.');
    }
    const address = clean(request, settings, siteHost);
    const body = watchBody(request);
    if (way.kind === 'search') {
      const counted = await options.countSearch(address, sessionOf(request)?.token ?? null);
      if (!counted.ok) return send(request, response, failing.often);
    }
    if (way.kind === 'preview' && !(await options.countPreview(address)).ok) {
      return send(request, response, failing.often);
    }
    // What nobody read by the end would stand before the connection's next request.
    response.once('finish', () => request.resume());
    await body.arrived;
    if (response.destroyed) return;
    const leave = await (body.isLong() ? options.longGate : options.gate).enter();
    // Who went away while waiting says so no more.
    if (response.destroyed) return leave();
    response.once('close', leave);
    const isWhole = request.method !== 'POST' && !request.headers['rsc'];
    if (!inDevelopment && isWhole) {
      if (way.kind === 'search') return answerMade(request, response);
      if (way.kind === 'preview') return answerMade(request, response, unseen);
    }
    const nonce = randomBytes(16).toString('base64');
    const policy = appPolicy(nonce, settings, options.formTargets);
    // Next takes the nonce for its scripts from here.
    request.headers['content-security-policy'] = policy;
    for (const [name, value] of common) response.setHeader(name, value);
    response.setHeader('content-security-policy', policy);
    if (inDevelopment) request.url = twinInDevelopment(request, way);
    else response.setHeader('cache-control', 'private, no-store');
    askNext(
      options.next(),
      {
        missing: () => missing(path),
        broken: () => failing[body.isTorn() ? 'torn' : whyBroken()],
        ended: leave,
      },
      request,
      response,
    );
  };

  /** Made for each request, as its addresses are endless, and sent without scripts like all that readers see. */
  async function answerMade(
    request: IncomingMessage,
    response: ServerResponse,
    more: Headers = [],
  ): Promise<void> {
    // It is packed here, so Next is not to do it.
    const { url = '/', headers: given } = request;
    const { 'accept-encoding': _, ...headers } = given;
    const found = await inject(options.next(), { method: 'GET', url, headers });
    if (found.statusCode !== 200) return send(request, response, failing[whyBroken()]);
    const { html, variant } = await readersDocument(found.rawPayload);
    const own = withOwn(common, [
      ['content-security-policy', readersPolicy],
      ['content-type', 'text/html; charset=utf-8'],
      ['cache-control', 'private, no-store'],
      ['vary', 'accept-encoding, cookie'],
      ...more,
    ]);
    return send(request, response, answerOf(variant === closed ? 404 : 200, own, html));
  }
}

/** What a page calls itself that has nothing to show. */
const closed = 'closed';

/** What is not published yet is known to nobody but who was given its address. */
const unseen: Headers = [
  ['referrer-policy', 'no-referrer'],
  ['x-robots-tag', 'noindex, nofollow, noarchive'],
];

/**
 * Takes out of a request what a stranger could say in a proxy's name, and adds what Next is to know. Answers the network
 * address that asks.
 */
function clean(request: IncomingMessage, settings: Settings, siteHost: string): string {
  const { headers } = request;
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-broadside-') || name.startsWith('x-prerender-')) delete headers[name];
  }
  const address = networkAddress(
    request.socket.remoteAddress,
    headers['x-forwarded-for'],
    settings.trustedProxyHops,
  );
  headers['x-broadside-address'] = address;
  // PostgreSQL takes no text that holds a null: a cookie that does is nobody's.
  if (headers.cookie?.includes('%00')) delete headers.cookie;
  // Next would take the one for the site's own name where it compares a form's origin with it, and the other for the
  // way to itself.
  if (headers['x-forwarded-host'] !== siteHost) delete headers['x-forwarded-host'];
  delete headers['x-forwarded-proto'];
  // People know their sessions by the browser they began in, which Next would not be told below.
  if (request.url?.startsWith('/api/auth/')) {
    headers['x-broadside-agent'] = headers['user-agent'] ?? '';
  }
  // A page made for one reader is sent when it is whole, so that a redirect or a 404 can still be its status.
  if (headers['rsc']) delete headers['user-agent'];
  else headers['user-agent'] = wholePage;
  return address;
}

/** In development nothing is kept: whoever is signed in gets the twin itself. */
function twinInDevelopment(request: IncomingMessage, way: Way): string {
  const url = request.url ?? '/';
  if (way.kind === 'nowhere') return nowhere;
  if (way.kind !== 'page') return url;
  if (
    request.method === 'POST' ||
    !/authjs\.session-token=[^;]/.test(request.headers.cookie ?? '')
  ) {
    delete request.headers['user-agent'];
    return url;
  }
  return `/member${url === '/' ? '' : url}`;
}

/** Browsers name the site that a form was sent from; Stripe and scripts name none. */
function isFromElsewhere({ headers }: IncomingMessage, siteHost: string): boolean {
  if (headers.origin === undefined) return false;
  const host = URL.parse(headers.origin)?.host;
  return !host || (host !== headers.host && host !== siteHost);
}
