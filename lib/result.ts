/**
 * What a command or a rule answers when a failure is expected: a value, or a named reason with the reader's text.
 * `fields` maps a form field's name to the message that stands beside it. Broken invariants throw instead.
 */
export type Result<T, R extends string = string> = { ok: true; value: T } | Failure<R>;

export type Failure<R extends string = string> = {
  ok: false;
  reason: R;
  message: string;
  fields?: Record<string, string>;
};

export function ok(): { ok: true; value: undefined };
export function ok<T>(value: T): { ok: true; value: T };
export function ok<T>(value?: T): { ok: true; value: T | undefined } {
  return { ok: true, value };
}

export function fail<R extends string>(
  reason: R,
  message: string,
  fields?: Record<string, string>,
): Failure<R> {
  return fields ? { ok: false, reason, message, fields } : { ok: false, reason, message };
}
