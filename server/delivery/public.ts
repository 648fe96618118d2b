import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Settings } from '#lib/env.ts';
import type { Question } from '#lib/reading/variant.ts';
import { countCache } from '../watch/counters.ts';
import { type Answer, type Headers, send } from './answer.ts';
import type { Failure } from './failure.ts';
import { Busy } from './gate.ts';
import type { Found, Pages, Shelf } from './pages.ts';
import type { ReadCounter } from './reads.ts';
import { isStaff } from './shown.ts';
import type { Watched } from './watched.ts';
import type { Way } from './ways.ts';

export type PublicOptions = {
  settings: Settings;
  common: Headers;
  pages: Pages;
  /** Which variant of a page a session gets now; `null` for a session that is over. */
  variantFor: (question: Question) => Promise<string | null>;
  reads: ReadCounter;
  fail: (request: IncomingMessage, response: ServerResponse, kind: Failure) => Promise<void>;
  watched: Watched;
  log: Logger;
};

/** Answers what is public: pages, for strangers and for readers by their standing, files, and what isn't there. */
export function answerPublic({
  settings,
  common,
  pages,
  variantFor,
  reads,
  fail,
  watched,
  log,
}: PublicOptions): (
  request: IncomingMessage,
  response: ServerResponse,
  way: Way,
  unsure: Promise<void> | null,
) => Promise<void> {
  const sessionOf = sessionReader(settings);

  return async (request, response, way, unsure) => {
    try {
      await unsure;
      const { kept, make, staff } = await lookUp(request, way);
      if (kept) {
        countCache(kept.kind === 'nowhere' ? 'not_found' : 'hit');
        await answerFound(kept, request, response);
      } else {
        // What has to be made is worth an id and a trace of its own.
        await watched(request, response, async () => answerFound(await make(), request, response));
      }
      const whole = response.statusCode === 200 || response.statusCode === 304;
      if (way.kind === 'page' && request.method === 'GET' && whole && !staff)
        reads.count(way.path, request.headers);
    } catch (error) {
      const busy = error instanceof Busy;
      if (!busy) log.error({ err: error, path: request.url?.split('?')[0] }, 'A page failed');
      await fail(request, response, busy ? 'busy' : 'broken');
    }
  };

  /** What is kept for the one who asks, and how it is made where nothing is. */
  async function lookUp(request: IncomingMessage, way: Way): Promise<Shelf & { staff?: boolean }> {
    if (way.kind === 'file') return pages.file(way.path, way.fixed);
    if (way.kind !== 'page') {
      const { path } = way.kind === 'nowhere' ? way : { path: null };
      // A form that is sent to where nothing is goes nowhere else.
      if (path !== null && request.method !== 'POST') return pages.lost(path);
      return { kept: { kind: 'nowhere' }, make: pages.missing };
    }
    const { path, subject } = way;
    const session = sessionOf(request);
    if (!session) return pages.page(path);
    const variant = await variantFor({ session: session.token, subject }).catch((error) => {
      // A database that is away must not close the site to those who are signed in.
      log.warn({ err: error }, 'A reader could not be looked up');
      return null;
    });
    if (variant === null) return pages.page(path);
    return { ...pages.twin(path, variant, session.cookie), staff: isStaff(variant) };
  }

  async function answerFound(
    found: Found,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    switch (found.kind) {
      case 'answer':
        return send(request, response, found.answer);
      case 'moved':
        response.writeHead(found.status, [
          ...common.flat(),
          ...['location', found.location, 'cache-control', 'no-cache', 'content-length', '0'],
        ]);
        response.end();
        return;
      case 'nowhere': {
        const page = await missingPage(pages);
        return page ? send(request, response, page) : fail(request, response, 'broken');
      }
      case 'broken':
        return fail(request, response, 'broken');
    }
  }
}

/** The page for what isn't there; `null` where even that can't be made. */
export async function missingPage(pages: Pages): Promise<Answer | null> {
  const found = await pages.missing();
  return found.kind === 'answer' ? found.answer : null;
}

export type Session = { token: string; cookie: string };

/** Reads the session cookie, and nothing else of what a browser sends. */
export function sessionReader({ siteUrl }: Settings): (request: IncomingMessage) => Session | null {
  const secure = siteUrl.startsWith('https:');
  const name = `${secure ? '__Secure-' : ''}authjs.session-token`;
  const pattern = new RegExp(`(?:^|;\\s*)${name.replace('.', '\\.')}=([^;]+)`);
  return ({ headers }) => {
    const token = pattern.exec(headers.cookie ?? '')?.[1]?.trim();
    // PostgreSQL takes no text that holds a null, and would refuse it for all who are asked about together.
    if (!token || decoded(token).includes('\0')) return null;
    return { token: decoded(token), cookie: `${name}=${token}` };
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
