import { z } from 'zod';
import { parseBody } from '#lib/articles/body.ts';
import { accesses, articleKinds, bylineRoles } from '#lib/articles/rules.ts';
import { fail } from '#lib/result.ts';
import { slugMaxLength, slugPattern } from '#lib/slug.ts';

const line = (max: number, name: string) =>
  z.string().trim().max(max, `${name} may have ${max} characters at most.`);

const optionalId = z.union([z.literal('').transform(() => null), z.uuid()]).nullable();

/** An article as an editor's form sends it. `body` is the editor's JSON as text. */
export const articleInput = z.object({
  title: line(300, 'The title').min(1, 'An article needs a title.'),
  slug: z
    .string()
    .trim()
    .max(slugMaxLength, `An address may have ${slugMaxLength} characters at most.`)
    .regex(
      slugPattern,
      'Use lower-case letters, digits and single hyphens, as in “a-new-address”.',
    ),
  kind: z.enum(articleKinds, 'Choose article or news.'),
  kicker: line(120, 'The kicker'),
  standfirst: line(600, 'The standfirst'),
  access: z.enum(accesses, 'Choose who may read it.'),
  sectionId: optionalId,
  pictureId: optionalId,
  body: z.string().transform((text, context) => {
    const parsed = parseBodyText(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.message });
    return z.NEVER;
  }),
  bylines: z
    .array(
      z.object({ contributorId: z.uuid(), role: z.enum(bylineRoles, 'Choose what they did.') }),
    )
    .max(20, 'An article may have 20 names at most.')
    .refine(
      (names) => new Set(names.map((n) => `${n.contributorId} ${n.role}`)).size === names.length,
      'The same name stands there twice in the same role.',
    ),
  topics: z.array(line(60, 'A topic').min(1)).max(20, 'An article may have 20 topics at most.'),
});

export type ArticleInput = z.output<typeof articleInput>;

/** What of an article is to change; what it doesn't name stays. */
export type DraftInput = Partial<ArticleInput>;

/**
 * A form that is still being filled in: each field that can be taken is, and for each other one `fields` says why not. A
 * field that is missing altogether is no mistake.
 */
export function parseDraft(raw: Record<string, unknown>): {
  input: DraftInput;
  fields: Record<string, string>;
} {
  const input: Record<string, unknown> = {};
  const fields: Record<string, string> = {};
  for (const [name, schema] of Object.entries(articleInput.shape)) {
    if (raw[name] === undefined) continue;
    const parsed = schema.safeParse(raw[name]);
    if (parsed.success) input[name] = parsed.data;
    else fields[name] = parsed.error.issues[0]?.message ?? 'This could not be read.';
  }
  return { input, fields };
}

function parseBodyText(text: string) {
  try {
    return parseBody(JSON.parse(text));
  } catch {
    return fail('invalid_body', 'The text could not be read: it is not what the editor sends.');
  }
}
