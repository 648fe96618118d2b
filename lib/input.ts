import { z } from 'zod';
import { fail, ok, type Result } from '#lib/result.ts';
import { slugify, slugMaxLength, slugPattern } from '#lib/slug.ts';

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

/** An address as a form sends it. What is left empty, `slugFromName` makes from the name. */
export const slugOrEmpty = z
  .string()
  .trim()
  .max(slugMaxLength, `An address may have ${slugMaxLength} characters at most.`)
  .refine(
    (slug) => slug === '' || slugPattern.test(slug),
    'Use lower-case letters, digits and single hyphens, as in “a-new-address”.',
  );

/** For `.transform` of a schema with a name and a `slugOrEmpty`. Refuses a name that no address can be made from. */
export function slugFromName<T extends { name: string; slug: string }>(
  input: T,
  context: z.RefinementCtx,
): T {
  const slug = input.slug || slugify(input.name);
  if (slug === '') {
    context.addIssue({
      code: 'custom',
      path: ['slug'],
      message: 'Write an address: none can be made from this name.',
    });
  }
  return { ...input, slug };
}

/** An order as a list was shown and as it is wanted: ids, all of them in both. */
export const orderInput = z.object({
  from: z.array(z.uuid()).max(1_000),
  to: z.array(z.uuid()).max(1_000),
});

export type OrderInput = z.output<typeof orderInput>;
