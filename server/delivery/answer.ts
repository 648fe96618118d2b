import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const encodings = ['br', 'gzip', 'identity'] as const;
type Encoding = (typeof encodings)[number];
export type Headers = readonly (readonly [name: string, value: string])[];

/** One answer as it is kept: complete, in each encoding that somebody has asked for so far. */
export type Answer = {
  kind: 'page' | 'asset';
  status: number;
  body: Buffer;
  /** Everything but length, encoding and ETag. */
  headers: Headers;
  /** Of the body as it is; each encoding adds its name. */
  hash: string;
  packed: { [E in Encoding]?: Packed };
  /** What is being packed: whoever wants the same form waits for it. */
  packing: { [E in Encoding]?: Promise<Packed> };
};

/**
 * A short body is a text of single bytes: Node sends it together with the headers, in one piece, which costs a sixth less
 * than two. A longer one would have to be copied for that.
 */
type Packed = { body: Buffer | string; flat: string[] };

const packable =
  /^(?:text\/|image\/(?:svg|x-icon)|application\/(?:[\w-]+\+)?(?:json|xml|javascript))/;
/** Up to here headers and body fit into the 16 KB that Node turns from text into bytes without asking for memory. */
const short = 14 * 1024;
/** Below this many bytes packing saves nothing that a reader would notice. */
const smallest = 256;

/** Makes an answer that can be kept. `headers` has a `content-type`, and none about length, encoding or ETag. */
export function answerOf(status: number, headers: Headers, body: Buffer): Answer {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  const isPage = headers.some(([, value]) => value.startsWith('text/html'));
  const kind = isPage ? 'page' : 'asset';
  return { kind, status, headers, body, hash, packed: {}, packing: {} };
}

/** What an answer may come to in memory: its body and its packed forms, in bytes. */
export function bytesOf({ body }: Answer): number {
  return Math.round(body.length * 1.7) + 2_000;
}

/**
 * Sends an answer: packed as the browser takes it, 304 where it has it already, 412 where it wants another version or
 * none, without a body for HEAD, in part where one range is asked for (RFC 9110, sections 12 to 14). `more` are headers
 * of this one request.
 */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  more: Headers = [],
): Promise<void> {
  if (isOther(request, answer)) {
    const { flat } = await packedAs(answer, 'identity');
    response.writeHead(412, [...without(flat, ofBodyAndTag), 'content-length', '0']);
    response.end();
    return;
  }
  if (request.headers.range && request.method === 'GET' && answer.status === 200) {
    const { flat } = await packedAs(answer, 'identity');
    if (!isKnown(request, answer) && sendPart(request, response, answer, flat)) return;
  }
  // What is fulfilled, and a range that no part answers, count for nothing.
  delete request.headers.range;
  delete request.headers['if-match'];
  const encoding = encodingFor(request, answer);
  await packedAs(answer, encoding);
  sendReady(request, response, answer, encoding, more);
}

/** Sends what was packed before, at once; `false` where it was not. This is the way of nearly all requests. */
export function sendReady(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  encoding = encodingFor(request, answer),
  more: Headers = [],
): boolean {
  const ready = answer.packed[encoding];
  if (!ready || request.headers.range || request.headers['if-match']) return false;
  const flat = more.length === 0 ? ready.flat : [...ready.flat, ...more.flat()];
  if (isKnown(request, answer)) {
    response.writeHead(304, without(flat, ofBody));
    response.end();
    return true;
  }
  response.writeHead(answer.status, flat);
  if (request.method === 'HEAD') response.end();
  else response.end(ready.body, 'latin1');
  return true;
}

/** What only a body needs; policies begin with `content-` as well. */
const ofBody = /^content-(?:length|type|encoding)$/;
const ofBodyAndTag = /^(?:content-(?:length|type|encoding)|etag)$/;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

async function packedAs(answer: Answer, encoding: Encoding): Promise<Packed> {
  const { packed, packing } = answer;
  const ready = packed[encoding];
  if (ready) return ready;
  packing[encoding] ??= pack(answer, encoding).finally(() => delete packing[encoding]);
  packed[encoding] = await packing[encoding];
  return packed[encoding];
}

async function pack(answer: Answer, encoding: Encoding): Promise<Packed> {
  const { body: plain, headers, hash } = answer;
  // What never changes is packed once for all readers; a page somebody waits for.
  const lasting = headers.some(([, value]) => value.includes('immutable'));
  const body =
    encoding === 'br'
      ? await brotli(plain, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: lasting ? 11 : 9,
            [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
          },
        })
      : encoding === 'gzip'
        ? await zip(plain, { level: 9 })
        : plain;
  const flat = [
    ...headers.flat(),
    ...(encoding === 'identity' ? [] : ['content-encoding', encoding]),
    ...['content-length', String(body.length), 'accept-ranges', 'bytes'],
    ...['etag', encoding === 'identity' ? `"${hash}"` : `"${hash}-${encoding}"`],
  ];
  return { body: body.length <= short ? body.toString('latin1') : body, flat };
}

const understood = new Map<string, Encoding>();

/** The best of our encodings that an `Accept-Encoding` allows; one that is not named is not allowed. */
function encodingFor({ headers }: IncomingMessage, answer: Answer): Encoding {
  const type = answer.headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  if (answer.body.length < smallest || !packable.test(type)) return 'identity';
  const accepted = String(headers['accept-encoding'] ?? '');
  const known = understood.get(accepted);
  if (known) return known;
  const weights = new Map(
    accepted
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
        const weight = parameters.find((piece) => piece.startsWith('q='))?.slice(2);
        return [name, weight === undefined ? 1 : Number(weight)] as const;
      }),
  );
  const weightOf = (name: Encoding) => weights.get(name) ?? weights.get('*') ?? 0;
  const found = encodings.find((name) => weightOf(name) > 0) ?? 'identity';
  // Strangers write this header: only so many of their spellings are remembered.
  if (understood.size > 200) understood.clear();
  understood.set(accepted, found);
  return found;
}

/** Whether an `If-None-Match` names this body, in whatever encoding it was sent. */
function isKnown({ headers }: IncomingMessage, { status, hash }: Answer): boolean {
  const known = headers['if-none-match'];
  return known !== undefined && status === 200 && names(known.replace(/(^|,)\s*W\//g, '$1'), hash);
}

/** Whether an `If-Match` names other bodies alone; it compares strongly, so none that is named weakly is this one. */
function isOther({ headers }: IncomingMessage, { status, hash }: Answer): boolean {
  const wanted = headers['if-match'];
  return status === 200 && !!wanted && !names(wanted, hash);
}

function names(list: string, hash: string): boolean {
  if (list.trim() === '*') return true;
  return list.split(',').some((tag) => {
    const [, named] = /^\s*"([^"]*?)(?:-(?:br|gzip))?"\s*$/.exec(tag) ?? [];
    return named === hash;
  });
}

/** Sends the one part that is asked for, if it is one; several, and those of another version, get the whole instead. */
function sendPart(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { body, hash }: Answer,
  flat: string[],
): boolean {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers.range?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return false;
  if (headers['if-range'] !== undefined && headers['if-range'] !== `"${hash}"`) return false;
  const size = body.length;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  if (last !== '' && first !== '' && Number(first) > Number(last)) return false;
  if (from >= size || (first === '' && Number(last) === 0)) {
    const range = ['content-range', `bytes */${size}`, 'content-length', '0'];
    response.writeHead(416, [...without(flat, ofBodyAndTag), ...range]);
    response.end();
    return true;
  }
  const part = body.subarray(from, to + 1);
  const range = ['content-range', `bytes ${from}-${to}/${size}`];
  const length = ['content-length', String(part.length)];
  response.writeHead(206, [...without(flat, /^content-length$/), ...range, ...length]);
  response.end(part);
  return true;
}

function without(flat: string[], names: RegExp): string[] {
  return flat.filter((_, index) => !names.test(flat[index - (index % 2)] ?? ''));
}
