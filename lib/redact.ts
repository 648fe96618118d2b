import { types } from 'node:util';

/*
 * Keeps people's data and secrets out of what the operator reads: the log and the traces. Three nets, since one alone
 * has holes: what a key announces is left out whole, of an error only named parts are kept, and every text is searched.
 */

const hidden = '[redacted]';
const deepest = 6;

const personal =
  /^(?:e-?mail|address|to|cc|bcc|name|ip|user-?agent|cookies?|set-cookie|authorization|headers|params|parameters|detail|where|query|body|payload|.*(?:token|secret|password|signature))$/i;

/** What PostgreSQL, Node and Next say of an error beside its message. Not `detail`, which quotes the row. */
const telling = ['code', 'severity', 'constraint', 'schema', 'table', 'column', 'digest'] as const;

const patterns: [RegExp, string][] = [
  // The values of a statement, with which Drizzle ends its messages; a stack may follow.
  [/(\bparams: )[\s\S]*?(?=\n\s+at |$)/g, `$1${hidden}`],
  [/(\bKey \([^)]*\)=\().*/g, `$1${hidden})`],
  [/(\binvalid input [^:\n]*: ).*/g, `$1${hidden}`],
  // A user and password in an address, before they could be taken for a mail's.
  [/(:\/\/)[^\s/"'@]*(?:@[^\s/"'@]*)*@/g, `$1${hidden}@`],
  [/[^\s@"`<>(){}[\],;:=|\\/?&]+(?:@|%40)[^\s@"'`<>(){}[\],;:=|\\/?&]+/gi, hidden],
  [/([\w.-]*(?:token|secret|password|signature|sign-in)[\w.-]*=)[^\s;&"]+/gi, `$1${hidden}`],
  [/\b(Bearer|Basic) +[\w+/=.~-]+/gi, `$1 ${hidden}`],
  [/\b(?:sk|rk|whsec)_\w+/g, hidden],
  // A token of ours has 32 of these or more, a session's key and a signature are long hex numbers; an id is neither.
  [/(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{32,}/g, hidden],
  [/\b[0-9a-f]{48,}\b/gi, hidden],
];

/** A text without mail addresses, passwords, tokens and the values of a failed statement. */
export function redactText(text: string): string {
  return patterns.reduce((left, [pattern, by]) => left.replace(pattern, by), text);
}

/** Any value, ready to be written down: errors become plain objects, and what is no plain object is only named. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > deepest) return '[deep]';
  if (isError(value)) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  const kind = Object.getPrototypeOf(value);
  if (kind !== Object.prototype && kind !== null) return `[${value.constructor.name}]`;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      personal.test(name) ? hidden : redact(item, depth + 1),
    ]),
  );
}

export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const told: Record<string, unknown> = { type: error.name, message: redactText(error.message) };
  for (const name of telling) {
    const value = (error as Error & Record<string, unknown>)[name];
    if (value !== undefined) told[name] = redact(value, depth + 1);
  }
  told['stack'] = redactText(framesOf(error));
  if (error.cause !== undefined) told['cause'] = redact(error.cause, depth + 1);
  if (error instanceof AggregateError) told['errors'] = redact(error.errors, depth + 1);
  return told;
}

/** The stack without the message at its head, which may be of many lines. */
function framesOf({ stack = '', message }: Error): string {
  const at = stack.indexOf(message);
  const rest = at < 0 ? stack : stack.slice(at + message.length);
  return rest
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .join('\n');
}
