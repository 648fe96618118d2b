import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import inject from 'light-my-request';
import { failurePage } from './failure.ts';

type Page = {
  /** An address that no route answers: what Next says there, it says whole. */
  nowhere: string;
  headers: [name: string, value: string][];
};

/**
 * Asks Next. Where a page turns out while it is rendered not to be there, Next leaves what to say to the browser's
 * script and sends an empty body; then the page for `nowhere` is sent in its place, which can be read without a script.
 * A failure gets a page of our own for the same reason.
 */
export function askNext(
  next: RequestListener,
  page: Page,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { writeHead, write, end } = response;
  let missing: boolean | null = null;
  let broken: 'no' | 'telling' | 'told' = 'no';
  const isReplaced = (status = response.statusCode, given?: unknown) => {
    const type = named(given) ?? response.getHeader('content-type');
    const isPage = String(type).startsWith('text/html');
    if (missing === null && status >= 500 && isPage) {
      missing = false;
      broken = 'telling';
      // At once: the rest of Next's answer may never come.
      begin(response, page, status);
      end.call(response, failurePage, 'utf8');
      broken = 'told';
    }
    missing ??= request.method === 'GET' && status === 404 && isPage;
    return missing || broken === 'told';
  };
  // Whatever Next does, headers leave through `writeHead`, and it asks for that before the first byte.
  response.writeHead = ((...given: Parameters<typeof writeHead>) =>
    isReplaced(given[0], given.at(-1)) ? response : writeHead.apply(response, given)) as never;
  response.write = ((...given: Parameters<typeof write>) =>
    isReplaced() || write.apply(response, given)) as never;
  response.end = ((...given: Parameters<typeof end>) => {
    if (!isReplaced()) return end.apply(response, given);
    if (broken === 'told') return response;
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
  page: Page,
  response: ServerResponse,
): Promise<string> {
  const found = await inject(next, { method: 'GET', url: page.nowhere });
  begin(response, page, 404);
  return found.payload;
}

function begin(response: ServerResponse, { headers }: Page, status: number): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  for (const [name, value] of headers) response.setHeader(name, value);
  response.statusCode = status;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
}
