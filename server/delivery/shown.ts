import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Question } from '#lib/reading/variant.ts';
import type { Headers } from './answer.ts';
import type { Pages } from './pages.ts';
import type { Session } from './public.ts';
import type { ReadCounter } from './reads.ts';

/** Where the readers' script says that a page which came ahead of the click is shown, followed by the page's path. */
export const shownPath = '/api/shown';

/**
 * Takes a browser's word that it shows a page which it had fetched ahead. Only a page that is kept is counted, so that
 * made-up addresses take no memory; for who works here nothing is.
 */
export function takeShown({
  reads,
  pages,
  sessionOf,
  variantFor,
  common,
}: {
  reads: ReadCounter;
  pages: Pages;
  sessionOf: (request: IncomingMessage) => Session | null;
  variantFor: (question: Question) => Promise<string | null>;
  common: Headers;
}) {
  return async (request: IncomingMessage, response: ServerResponse, path: string) => {
    request.resume();
    response.writeHead(204, [...common.flat(), 'cache-control', 'no-store']);
    response.end();
    const { headers } = request;
    const site = headers['sec-fetch-site'] ?? 'same-origin';
    if (site !== 'same-origin' || !pages.ready(path)) return;
    const session = sessionOf(request);
    const question = session && { session: session.token, subject: { kind: 'list' as const } };
    // A read more or less matters to nobody whom a database that is away keeps from it.
    const variant = question && (await variantFor(question).catch(() => null));
    if (!isStaff(variant)) reads.countShown(path, headers);
  };
}

/** Whether a page's variant is the one for who works for the magazine. */
export function isStaff(variant: string | null): boolean {
  return variant?.split('.')[0] === 'staff';
}
