import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import inject from 'light-my-request';

type Page = {
  /** An address that no route answers: what Next says there, it says whole. */
  nowhere: string;
  headers: [name: string, value: string][];
};

/**
 * Asks Next. Where a page turns out while it is rendered not to be there, Next leaves what to say to the browser's
 * script and sends an empty body; then the page for `nowhere` is sent in its place, which can be read without a script.
 */
export function askNext(
  next: RequestListener,
  page: Page,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method !== 'GET') {
    next(request, response);
    return;
  }
  const { writeHead, write, end } = response;
  let missing: boolean | null = null;
  const isMissing = (status = response.statusCode, given?: unknown) => {
    const type = named(given) ?? response.getHeader('content-type');
    missing ??= status === 404 && String(type).startsWith('text/html');
    return missing;
  };
  // Whatever Next does, headers leave through `writeHead`, and it asks for that before the first byte.
  response.writeHead = ((...given: Parameters<typeof writeHead>) =>
    isMissing(given[0], given.at(-1)) ? response : writeHead.apply(response, given)) as never;
  response.write = ((...given: Parameters<typeof write>) =>
    isMissing() || write.apply(response, given)) as never;
  response.end = ((...given: Parameters<typeof end>) => {
    if (!isMissing()) return end.apply(response, given);
    sendPage(next, page, response).then(
      (html) => {
        missing = false;
        end.call(response, html, 'utf8');
      },
      () => response.destroy(),
    );
    return response;
  }) as never;
  next(request, response);
}

/** The type among the headers that are given to `writeHead` itself. */
function named(headers: unknown): unknown {
  return headers && typeof headers === 'object' && 'content-type' in headers
    ? headers['content-type']
    : undefined;
}

async function sendPage(
  next: RequestListener,
  { nowhere, headers }: Page,
  response: ServerResponse,
): Promise<string> {
  const found = await inject(next, { method: 'GET', url: nowhere });
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  for (const [name, value] of headers) response.setHeader(name, value);
  response.statusCode = 404;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  return found.payload;
}
