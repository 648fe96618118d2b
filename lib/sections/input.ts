import { z } from 'zod';
import { slugFromName, slugOrEmpty } from '#lib/input.ts';
import { longestSectionName } from '#lib/sections/rules.ts';

/** A section as a publisher's form sends it. An address that is left empty is made from the name. */
export const sectionInput = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, 'A section needs a name.')
      .max(longestSectionName, `The name may have ${longestSectionName} characters at most.`),
    slug: slugOrEmpty,
    description: z.string().trim().max(500, 'The description may have 500 characters at most.'),
  })
  .transform(slugFromName);

export type SectionInput = z.output<typeof sectionInput>;
