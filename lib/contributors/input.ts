import { z } from 'zod';
import { slugFromName, slugOrEmpty } from '#lib/input.ts';

const optional = (max: number, name: string) =>
  z
    .string()
    .trim()
    .max(max, `${name} may have ${max} characters at most.`)
    .transform((text) => text || null);

const optionalId = z.union([z.literal('').transform(() => null), z.uuid()]).nullable();

/** A contributor as an editor's form sends it. An address that is left empty is made from the name. */
export const contributorInput = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, 'A contributor needs a name.')
      .max(120, 'The name may have 120 characters at most.'),
    slug: slugOrEmpty,
    biography: z.string().trim().max(2_000, 'The biography may have 2,000 characters at most.'),
    city: optional(80, 'The city'),
    website: optional(300, 'The address').refine(
      (url) => url === null || (/^https?:\/\/[^\s\\]+$/i.test(url) && URL.canParse(url)),
      'Write a whole address, as in https://writer.example. Only http and https can be linked.',
    ),
    portraitId: optionalId,
    /** The account of a member of staff, where it is theirs. */
    userId: optionalId,
  })
  .transform(slugFromName);

export type ContributorInput = z.output<typeof contributorInput>;
