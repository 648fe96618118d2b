import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Settings } from '#lib/env.ts';
import type { Health } from '../health.ts';
import { networkAddress } from './address.ts';
import { securityHeaders } from './headers.ts';

/** An address that no route answers, for what is closed to the outside. */
const nowhere = '/_closed';
const maxBodyBytes = 32 * 1024 * 1024;

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
  return (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    const url = URL.parse(request.url ?? '/', 'http://inside');
    if (!url) return plain(response, 400, 'This address can’t be read.');
    if (url.pathname === '/api/health') return void answerHealth(options, request, response);
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
      return plain(response, 413, 'This is too large; 32 MB is the limit.');
    }
    const mail = request.method === 'GET' ? options.mailbox?.(url) : null;
    if (mail) {
      response.setHeader('cache-control', 'no-store');
      response.setHeader('content-type', mail.type);
      response.end(mail.body);
      return;
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
    request.url = routed(request, url);
    next(request, response);
  };
}

/** The address that Next is asked for. */
function routed(request: IncomingMessage, url: URL): string {
  const path = decoded(url.pathname);
  if (isInside(path, '/member') || isInside(path, '/api/internal')) return nowhere;
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (reading && hasSession(request) && hasTwin(path)) {
    return `/member${url.pathname === '/' ? '' : url.pathname}${url.search}`;
  }
  return request.url ?? '/';
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
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname).replace(/[\\/]+/g, '/');
  } catch {
    // Not decodable: Next answers it with 400 itself.
    return pathname;
  }
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
