import { z } from 'zod';
import { slugFromName, slugOrEmpty } from '#lib/input.ts';

const optional = (max: number, name: string) =>
  z
    .string()
    .trim()
    .max(max, `${name} may have ${max} characters at most.`)
    .transform((text) => text || null);

/** A contributor as an editor's form sends it. The address is fixed once it is made, so it is not among the fields. */
export const contributorInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'A contributor needs a name.')
    .max(120, 'The name may have 120 characters at most.'),
  biography: z.string().trim().max(2_000, 'The biography may have 2,000 characters at most.'),
  city: optional(80, 'The city'),
  website: optional(300, 'The address').refine(
    (url) => url === null || (/^https?:\/\/[^\s\\]+$/i.test(url) && URL.canParse(url)),
    'Write a whole address, as in https://writer.example. Only http and https can be linked.',
  ),
  portraitId: z.union([z.literal('').transform(() => null), z.uuid()]).nullable(),
});

export type ContributorInput = z.output<typeof contributorInput>;

export const newContributorInput = contributorInput
  .extend({ slug: slugOrEmpty })
  .transform(slugFromName);

export type NewContributorInput = z.output<typeof newContributorInput>;
