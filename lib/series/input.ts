import { z } from 'zod';
import { slugFromName, slugOrEmpty } from '#lib/input.ts';

/** A series as an editor's form sends it. An address that is left empty is made from the name. */
export const seriesInput = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, 'A series needs a name.')
      .max(120, 'The name may have 120 characters at most.'),
    slug: slugOrEmpty,
    description: z.string().trim().max(1_000, 'The description may have 1,000 characters at most.'),
  })
  .transform(slugFromName);

export type SeriesInput = z.output<typeof seriesInput>;

/** Where an article stands: in no series (`''`), or as a part of one; without a number, behind the last. */
export const placeInput = z.object({
  seriesId: z.union([z.literal('').transform(() => null), z.uuid()]).nullable(),
  part: z.preprocess(
    (value) => (value === '' ? null : value),
    z.coerce
      .number('Write a whole number.')
      .int('Write a whole number.')
      .min(1, 'Parts are counted from 1.')
      .max(9_999, 'A part is 9,999 at most.')
      .nullable(),
  ),
});

export type PlaceInput = z.output<typeof placeInput>;
