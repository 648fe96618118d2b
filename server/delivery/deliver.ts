import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Counted } from '#lib/auth/limits.ts';
import type { Settings } from '#lib/env.ts';
import type { Question } from '#lib/reading/variant.ts';
import type { Lead } from '#lib/redirects/queries.ts';
import type { Health } from '../health.ts';
import { countCache, countRequest, type RequestKind } from '../watch/counters.ts';
import { type Headers, send, sendReady } from './answer.ts';
import { type Failure, failures } from './failure.ts';
import { Busy, type Gate, gate } from './gate.ts';
import { commonHeaders, filePolicy, readersPolicy, withOwn } from './headers.ts';
import { asked, keepPages, type Pages } from './pages.ts';
import { passOn } from './pass-on.ts';
import { plain } from './plain.ts';
import { answerPublic, missingPage, sessionReader } from './public.ts';
import type { ReadCounter } from './reads.ts';
import { renderer } from './render.ts';
import { shownPath, takeShown } from './shown.ts';
import { watching } from './watched.ts';
import { type Site, type Way, wayOf } from './ways.ts';

const methods = ['GET', 'HEAD', 'POST'];

/**
 * How much is asked of Next at once. A page takes the processor, so more at a time would only be later; what is somebody's
 * own waits for the database and for Stripe as well. `patience` in milliseconds.
 */
const limits = {
  pages: { running: 4, waiting: 250, patience: 8_000 },
  others: { running: 24, waiting: 250, patience: 8_000 },
  long: { running: 6, waiting: 50, patience: 8_000 },
};

export type DeliveryOptions = {
  settings: Settings;
  /** Next's handler; `null` while it still starts. */
  next: () => RequestListener | null;
  /** The build's routes, and its word for making pages anew; `null` in development, where nothing is kept. */
  build: { site: Site; revalidate: string } | null;
  /** What is kept may be served: at once (`null`), or after this. */
  sure: () => Promise<void> | null;
  /** Whether the database was away when it was last asked. */
  away: () => boolean;
  /** Which variant of a page a session gets now; `null` for a session that is over. */
  variantFor: (question: Question) => Promise<string | null>;
  reads: ReadCounter;
  /** Where readers of a path are sent at which no page is. */
  leadOf: (path: string) => Promise<Lead>;
  countSearch: (address: string, session: string | null) => Promise<Counted>;
  countPreview: (address: string) => Promise<Counted>;
  health: () => Promise<Health>;
  /** In development and demo only. */
  mailbox: ((url: URL) => { type: string; body: string } | null) | null;
  /** Origins besides Stripe's that a form may lead to: the local stand-in. */
  formTargets: string[];
  log: Logger;
};

export type Delivery = {
  answer: RequestListener;
  /** Drops the pages under these tags, at once. */
  expire: (tags: string[]) => void;
  /** For the metrics: what is kept, and what is held back. */
  state: () => ReturnType<Pages['state']> & Record<'pages' | 'others', ReturnType<Gate['state']>>;
};

/**
 * Answers every request of the site. Public pages and files are kept finished and leave from memory; a signed-in reader
 * gets the variant of a page that their rights call for, asked of the database each time. Health and mailbox are answered
 * here as well, and the rest goes on to Next.
 */
export function delivery(options: DeliveryOptions): Delivery {
  const { settings, build, log } = options;
  const gates = { pages: gate(limits.pages), others: gate(limits.others), long: gate(limits.long) };
  const common = commonHeaders(settings);
  const failing = failures(common);
  const pages = keepPages({
    render: renderer({
      next: () => options.next() as RequestListener,
      revalidate: build?.revalidate ?? '',
      gate: gates.pages,
    }),
    leadOf: options.leadOf,
    maxBytes: settings.cacheBytes,
    headers: headersOf(common),
  });
  /** Says what failed; where it is the database that is away, says that. */
  async function fail(
    request: IncomingMessage,
    response: ServerResponse,
    kind: Failure,
  ): Promise<void> {
    const away = kind === 'broken' && (await options.health()).database !== 'ok';
    // Of an answer that has begun nothing can be taken back.
    if (response.headersSent) return void response.destroy();
    return send(request, response, failing[away ? 'away' : kind]);
  }

  const watched = watching(settings.trustedProxyHops);
  const publicly = answerPublic({ ...options, common, pages, fail, watched });
  const shown = takeShown({ ...options, common, pages, sessionOf: sessionReader(settings) });
  const onward = passOn({
    ...options,
    gate: gates.others,
    longGate: gates.long,
    next: () => options.next() as RequestListener,
    common,
    failing,
    missing: async () => (await missingPage(pages)) ?? failing.broken,
  });

  const answer: RequestListener = (request, response) => {
    const began = performance.now();
    // The way of nearly all requests: a stranger's, for a page that is kept.
    const unsure = options.sure();
    const { cookie, rsc } = request.headers;
    if (!unsure && request.method === 'GET' && cookie === undefined && rsc === undefined) {
      const ready = pages.ready(request.url ?? '');
      if (ready && sendReady(request, response, ready)) {
        countCache('hit');
        const { statusCode } = response;
        if (ready.kind === 'page') options.reads.count(request.url ?? '', request.headers);
        return countRequest(ready.kind, statusCode, (performance.now() - began) / 1000);
      }
    }
    if (!methods.includes(request.method ?? '')) {
      return plain(response, common, 405, 'Only GET, HEAD and POST are answered here.', {
        allow: methods.join(', '),
      });
    }
    const url = readable(request.url ?? '/');
    if (!url) return plain(response, common, 400, 'This address can’t be read.');
    if (url.pathname === '/api/health')
      return void answerHealth(options, common, request, response);
    const mail = request.method === 'GET' ? options.mailbox?.(url) : null;
    if (mail) {
      const headers = withOwn(common, [
        ['content-security-policy', filePolicy],
        ['content-type', mail.type],
        ['cache-control', 'no-store'],
      ]);
      response.writeHead(200, headers.flat());
      response.end(mail.body);
      return;
    }
    if (request.method === 'POST' && url.pathname.startsWith(`${shownPath}/`)) {
      return void shown(request, response, url.pathname.slice(shownPath.length));
    }
    if (!options.next()) return void send(request, response, failing.starting);
    const path = folded(url.pathname);
    const way = wayOf(path, build?.site ?? anySite);
    response.once('close', () => {
      countRequest(kindOf(way, cookie), response.statusCode, (performance.now() - began) / 1000);
    });
    const isPublic = way.kind === 'page' || way.kind === 'file' || way.kind === 'nowhere';
    const reads = request.method !== 'POST' && !rsc;
    // What isn't there isn't there for a form either, nor in parts.
    if (build && isPublic && (reads || way.kind === 'nowhere')) {
      return void publicly(request, response, way, unsure);
    }
    countCache('bypass');
    watched(request, response, () => onward(request, response, way, path)).catch((error) => {
      if (!(error instanceof Busy)) log.error({ err: error, path }, 'A request failed');
      void fail(request, response, error instanceof Busy ? 'busy' : 'broken');
    });
  };
  return {
    answer,
    expire: pages.expire,
    state: () => ({
      ...pages.state(),
      pages: gates.pages.state(),
      others: gates.others.state(),
    }),
  };
}

function headersOf(common: Headers) {
  const page = withOwn(common, [
    ['content-security-policy', readersPolicy],
    ['speculation-rules', '"/speculation.json"'],
    ['vary', 'accept-encoding, cookie'],
  ]);
  return {
    // Kept by browsers and proxies only to be asked about: what is published is there at the next request.
    page: [...page, ['cache-control', asked]] as Headers,
    personal: [...page, ['cache-control', 'private, no-cache']] as Headers,
    file: withOwn(common, [
      ['content-security-policy', filePolicy],
      // Pictures and the feed are for other sites' readers, too.
      ['cross-origin-resource-policy', 'cross-origin'],
      ['vary', 'accept-encoding'],
    ]),
  };
}

/** In development every address may be one of Next's. */
const anySite: Site = { routes: [/^/], files: new Set() };

function kindOf(way: Way, cookie: string | undefined): RequestKind {
  switch (way.kind) {
    case 'page':
      return cookie?.includes('session-token') ? 'twin' : 'page';
    case 'file':
      return 'asset';
    case 'nowhere':
      return 'other';
    case 'search':
    case 'preview':
    case 'app':
      return 'dynamic';
  }
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

/** Next decodes and folds addresses before it routes them, so what is closed is looked for in the folded form. */
function folded(pathname: string): string {
  return decodeURIComponent(pathname).replace(/[\\/]+/g, '/');
}

async function answerHealth(
  { health }: DeliveryOptions,
  common: Headers,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await health();
  const headers = ['content-type', 'application/json; charset=utf-8', 'cache-control', 'no-store'];
  response.writeHead(found.status === 'ok' ? 200 : 503, [...common.flat(), ...headers]);
  response.end(request.method === 'HEAD' ? undefined : JSON.stringify(found));
}
