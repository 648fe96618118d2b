import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/** What is sent in the place of Next's own pages for what isn't there and for what failed. */
export type Instead = {
  missing: () => Promise<Answer>;
  broken: () => Answer;
  /** Next has nothing more to say, though the reader may still take it. */
  ended: () => void;
};

/**
 * Passes a request to Next. Where a page turns out while it is rendered not to be there, Next leaves what to say to the
 * browser's script and sends an empty body; then `missing` is sent in its place, which can be read without a script, and
 * `broken` for a failure for the same reason.
 */
export function askNext(
  next: RequestListener,
  { missing, broken, ended }: Instead,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { writeHead, write, end } = response;
  let isMissing: boolean | null = null;
  let told = false;
  const tell = ({ status, headers, body }: Answer) => {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    writeHead.call(response, status, [...headers.flat(), 'content-length', String(body.length)]);
    end.call(response, request.method === 'HEAD' ? '' : body, 'utf8');
  };
  const isReplaced = (status = response.statusCode, given?: unknown) => {
    const type = named(given) ?? response.getHeader('content-type');
    const isPage = String(type).startsWith('text/html');
    // Of a form that it can't read Next says so in plain text, which only its own script understands.
    const isWord = request.method === 'POST' && !request.headers['next-action'];
    if (isMissing === null && status >= 500 && (isPage || isWord)) {
      isMissing = false;
      told = true;
      // At once: the rest of Next's answer may never come.
      tell(broken());
    }
    isMissing ??= request.method === 'GET' && status === 404 && isPage;
    return isMissing || told;
  };
  // Whatever Next does, headers leave through `writeHead`, and it asks for that before the first byte.
  response.writeHead = ((...given: Parameters<typeof writeHead>) =>
    isReplaced(given[0], given.at(-1)) ? response : writeHead.apply(response, given)) as never;
  response.write = ((...given: Parameters<typeof write>) => {
    if (!isReplaced()) write.apply(response, given);
    // Next is done when it is, not when a slow reader is; what waits for the reader is one page.
    return true;
  }) as never;
  response.end = ((...given: Parameters<typeof end>) => {
    ended();
    if (!isReplaced()) return end.apply(response, given);
    if (told) return response;
    missing().then(tell, () => response.destroy());
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
