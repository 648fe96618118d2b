import type { IncomingMessage } from 'node:http';

export const maxBodyBytes = 32 * 1024 * 1024;

export type Body = {
  /** Resolves when all of it is here, or as much as waits unread in memory, or its sender is gone. */
  arrived: Promise<void>;
  /** It is longer than that. */
  isLong: () => boolean;
  /** It says it is a form in parts, and ended before its last part did. */
  isTorn: () => boolean;
};

/**
 * Watches what is sent with a request, without reading it. One that doesn't say how long it is ends at the largest length
 * as well; whoever sent it loses the connection.
 */
export function watchBody(request: IncomingMessage): Body {
  const { push, headers } = request;
  const end = lastLine(headers['content-type']);
  let bytes = 0;
  let ended = headers['content-length'] === undefined && !headers['transfer-encoding'];
  let tail = Buffer.alloc(0);
  let arrive = () => {};
  const arrived = new Promise<void>((done) => {
    arrive = done;
  });
  request.push = (chunk: Buffer | null, encoding) => {
    bytes += chunk?.length ?? 0;
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
    isTorn: () => end !== null && !(end !== '' && tail.includes(end)),
  };
}

/** A boundary has at most 70 characters (RFC 2046); some senders add a line after the last one. */
const longestEnd = 100;

/** With what a form in parts ends; `''` for one that doesn't say, `null` for what is no such form. */
function lastLine(type: string | undefined): string | null {
  if (!/^multipart\/form-data\b/i.test(type ?? '')) return null;
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(type ?? '') ?? [];
  const boundary = quoted ?? plain;
  return boundary ? `--${boundary}--` : '';
}
