import type { z } from 'zod';
import { fail, ok, type Result } from '#lib/result.ts';

/**
 * Checks what a form sent against a schema. Refused input comes back as one message a field, ready to stand beside it.
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  raw: unknown,
): Result<z.output<S>, 'invalid'> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return ok(parsed.data);
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[String(issue.path[0] ?? '')] ??= issue.message;
  return fail('invalid', 'Some fields need another look.', fields);
}
