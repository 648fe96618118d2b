import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Settings } from '#lib/env.ts';
import { slugMaxLength } from '#lib/slug.ts';
import type { Health } from '../health.ts';
import { networkAddress } from './address.ts';
import { askNext } from './ask-next.ts';
import { securityHeaders } from './headers.ts';

/** An address that no route answers, for what is closed to the outside. */
const nowhere = '/_closed';
/** The one name for which `next.config.js` has Next wait for the whole page. */
const wholePage = 'broadside-whole-page';
const longestPath = '/contributors/'.length + slugMaxLength;
const maxBodyBytes = 32 * 1024 * 1024;
const methods = ['GET', 'HEAD', 'POST'];

export type DeliveryOptions = {
  settings: Settings;
  /** Next's handler; `null` while it still starts. */
  next: () => RequestListener | null;
  health: () => Promise<Health>;
  /** In development and demo only. */
  mailbox: ((url: URL) => { type: string; body: string } | null) | null;
  /** Origins besides Stripe's that a form may lead to: the local stand-in. */
  formTargets: string[];
};

/**
 * Answers every request of the site: health and mailbox itself, the rest through Next. Sends a signed-in reader to the
 * personal twin of a public page, keeps what is internal from the outside, and says who asks in `x-broadside-address`.
 */
export function delivery(options: DeliveryOptions): RequestListener {
  const headers = securityHeaders(options.settings, options.formTargets);
  const siteHost = new URL(options.settings.siteUrl).host;
  return (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    if (!methods.includes(request.method ?? '')) {
      response.setHeader('allow', methods.join(', '));
      return plain(response, 405, 'Only GET, HEAD and POST are answered here.');
    }
    const url = readable(request.url ?? '/');
    if (!url) return plain(response, 400, 'This address can’t be read.');
    if (url.pathname === '/api/health') return void answerHealth(options, request, response);
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
      // The rest of it is on its way still, and would be taken for the next request.
      response.setHeader('connection', 'close');
      return plain(response, 413, 'This is too large; 32 MB is the limit.');
    }
    const mail = request.method === 'GET' ? options.mailbox?.(url) : null;
    if (mail) {
      response.setHeader('cache-control', 'no-store');
      response.setHeader('content-type', mail.type);
      response.end(mail.body);
      return;
    }
    if (request.method === 'POST' && isFromElsewhere(request, siteHost)) {
      return plain(response, 403, 'This form was sent from another site.');
    }
    const next = options.next();
    if (!next) {
      response.setHeader('retry-after', '2');
      return plain(response, 503, 'The site is starting. Please try again in a moment.');
    }
    for (const name of Object.keys(request.headers)) {
      if (name.startsWith('x-broadside-')) delete request.headers[name];
    }
    request.headers['x-broadside-address'] = networkAddress(
      request.socket.remoteAddress,
      request.headers['x-forwarded-for'],
      options.settings.trustedProxyHops,
    );
    // Next would take the one for the site's own name where it compares a form's origin with it, and the other for the
    // way to itself.
    if (request.headers['x-forwarded-host'] !== siteHost)
      delete request.headers['x-forwarded-host'];
    delete request.headers['x-forwarded-proto'];
    limitBody(request);
    request.url = routed(request, url);
    askNext(next, { nowhere, headers }, request, response);
  };
}

/** The address, if every part of it can be decoded to text; PostgreSQL takes no text that holds a null. */
function readable(address: string): URL | null {
  if (!/^(?:\/|https?:\/\/)/i.test(address)) return null;
  // Slashes that are doubled at the start would be read as those before a host.
  const url = URL.parse(address.replace(/^[\\/]+/, '/'), 'http://inside');
  try {
    if (!url || decodeURIComponent(url.pathname).includes('\0')) return null;
    return url.search.includes('%00') ? null : url;
  } catch {
    return null;
  }
}

/** A body that doesn't say how long it is ends at the same length; whoever sent it loses the connection. */
function limitBody(request: IncomingMessage): void {
  const { push } = request;
  let bytes = 0;
  request.push = (chunk, encoding) => {
    bytes += chunk?.length ?? 0;
    if (bytes <= maxBodyBytes) return push.call(request, chunk, encoding);
    request.destroy();
    return false;
  };
}

/** Browsers name the site that a form was sent from; Stripe and scripts name none. */
function isFromElsewhere({ headers }: IncomingMessage, siteHost: string): boolean {
  if (headers.origin === undefined) return false;
  const host = URL.parse(headers.origin)?.host;
  return !host || (host !== headers.host && host !== siteHost);
}

/** The address that Next is asked for, and how it renders it. */
function routed(request: IncomingMessage, url: URL): string {
  const path = folded(url.pathname);
  // From a crawler Next keeps the stored page and renders anew; here everybody gets the same.
  delete request.headers['user-agent'];
  if (isInside(path, '/member') || isInside(path, '/api/internal')) return nowhere;
  // Next would keep that nothing is there in a file of this name.
  if (hasTwin(path) && path.length > longestPath) return nowhere;
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const twin = reading && hasSession(request) && hasTwin(path);
  if ((twin || !hasTwin(path)) && !request.headers['rsc']) {
    // A page made for one reader is sent when it is whole, so that a redirect or a 404 can still be its status.
    request.headers['user-agent'] = wholePage;
  }
  return twin
    ? `/member${url.pathname === '/' ? '' : url.pathname}${url.search}`
    : (request.url ?? '/');
}

/** Public pages that look different to somebody who is signed in; `app/(member)/member` holds the twin of each. */
function hasTwin(path: string): boolean {
  return /^\/(|issues|subscribe|(articles|issues|sections|contributors)\/[^/]+)$/.test(path);
}

function hasSession(request: IncomingMessage): boolean {
  return /(?:^|;\s*)(?:__Secure-)?authjs\.session-token=[^;]/.test(request.headers.cookie ?? '');
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Next decodes and folds addresses before it routes them, so what is closed is looked for in the folded form. */
function folded(pathname: string): string {
  return decodeURIComponent(pathname).replace(/[\\/]+/g, '/');
}

async function answerHealth(
  { health }: DeliveryOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await health();
  response.statusCode = found.status === 'ok' ? 200 : 503;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(request.method === 'HEAD' ? undefined : JSON.stringify(found));
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(`${text}\n`);
}
