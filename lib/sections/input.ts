import { z } from 'zod';
import { slugFromName, slugOrEmpty } from '#lib/input.ts';

/** A section as a publisher's form sends it. Its address is fixed once it is made, so it is not among the fields. */
export const sectionInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'A section needs a name.')
    .max(60, 'The name may have 60 characters at most.'),
  description: z.string().trim().max(500, 'The description may have 500 characters at most.'),
});

export type SectionInput = z.output<typeof sectionInput>;

export const newSectionInput = sectionInput.extend({ slug: slugOrEmpty }).transform(slugFromName);

export type NewSectionInput = z.output<typeof newSectionInput>;
