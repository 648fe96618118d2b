import { z } from 'zod';
import { slugFromName, slugOrEmpty } from '#lib/input.ts';

/** A topic as an editor's form sends it. An address that is left empty is made from the name. */
export const topicInput = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, 'A topic needs a name.')
      .max(60, 'The name may have 60 characters at most.')
      .refine((name) => !name.includes(','), 'A comma stands between topics, never in one.'),
    slug: slugOrEmpty,
    description: z.string().trim().max(500, 'The description may have 500 characters at most.'),
  })
  .transform(slugFromName);

export type TopicInput = z.output<typeof topicInput>;
