import type { IncomingMessage } from 'node:http';
import { watchParts } from './parts.ts';

export const maxBodyBytes = 32 * 1024 * 1024;

export type Body = {
  /** Resolves when all of it is here, or as much as waits unread in memory, or its sender is gone. */
  arrived: Promise<void>;
  /** It is longer than that. */
  isLong: () => boolean;
  /** It says it is a form in parts, and ended before its last part did, or has one that can't be read. */
  isTorn: () => boolean;
};

/**
 * Watches what is sent with a request, without reading it. One that doesn't say how long it is ends at the largest length
 * as well; whoever sent it loses the connection.
 */
export function watchBody(request: IncomingMessage): Body {
  const { push, headers } = request;
  const boundary = boundaryOf(headers['content-type']);
  const end = boundary && `--${boundary}--`;
  const parts = boundary ? watchParts(boundary) : null;
  let bytes = 0;
  let ended = headers['content-length'] === undefined && !headers['transfer-encoding'];
  let tail = Buffer.alloc(0);
  let arrive = () => {};
  const arrived = new Promise<void>((done) => {
    arrive = done;
  });
  request.push = (chunk: Buffer | null, encoding) => {
    bytes += chunk?.length ?? 0;
    if (chunk) parts?.push(chunk);
    if (chunk) tail = Buffer.concat([tail, chunk.subarray(-longestEnd)]).subarray(-longestEnd);
    else ended = true;
    if (ended || bytes >= request.readableHighWaterMark) arrive();
    if (bytes <= maxBodyBytes) return push.call(request, chunk, encoding);
    request.destroy();
    return false;
  };
  request.once('close', arrive);
  if (ended) arrive();
  else request.read(0);
  return {
    arrived,
    isLong: () => !ended,
    isTorn: () =>
      end !== null && (end === '' || !tail.includes(end) || parts?.isGarbled() === true),
  };
}

/** A boundary has at most 70 characters (RFC 2046); some senders add a line after the last one. */
const longestEnd = 100;

/** What stands between the parts of a form; `''` for one that doesn't say, `null` for what is no such form. */
function boundaryOf(type: string | undefined): string | null {
  if (!/^multipart\/form-data\b/i.test(type ?? '')) return null;
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(type ?? '') ?? [];
  return quoted ?? plain ?? '';
}
