import { queryValue, textField } from '#app/request.ts';
import { type Failure, fail } from '#lib/result.ts';

/** Text fields of a form, by their names; lines end as they are stored, however they were sent. */
export function fieldsOf(form: FormData, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [name, textField(form, name).replaceAll('\r\n', '\n')]),
  );
}

/** A field that holds JSON, such as what a form showed when it was opened; `null` where it can't be read. */
export function jsonField(form: FormData, name: string): unknown {
  try {
    return JSON.parse(textField(form, name)) as unknown;
  } catch {
    return null;
  }
}

/** What a form showed when it was opened. One that doesn't say is refused: it would overwrite what it never saw. */
export function openedField(form: FormData): Record<string, unknown> | null {
  const opened = jsonField(form, 'opened');
  return opened && typeof opened === 'object' ? (opened as Record<string, unknown>) : null;
}

export const unreadable = (): Failure =>
  fail('invalid', 'This form can’t be read. Load the page again.');

/** The word and the page that a list is asked for. */
export function listQuery(query: Record<string, string | string[] | undefined>): {
  search: string;
  page: number;
} {
  const page = Number.parseInt(queryValue(query['page']), 10) || 1;
  return {
    search: queryValue(query['q']).slice(0, 200),
    page: Math.min(Math.max(1, page), 100_000),
  };
}
