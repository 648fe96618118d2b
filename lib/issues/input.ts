import { z } from 'zod';
import { placesOf } from '#lib/issues/board.ts';
import { slugMaxLength, slugPattern } from '#lib/slug.ts';

const whole = (name: string, max: number) =>
  z.coerce
    .number(`${name} is a whole number.`)
    .int(`${name} is a whole number.`)
    .min(1, `${name} counts from 1.`)
    .max(max, `${name} may be ${max} at most.`);

const optionalWhole = (name: string, max: number) =>
  z.preprocess(
    (value) => (value === '' || value === undefined ? null : value),
    whole(name, max).nullable(),
  );

const optionalId = z.union([z.literal('').transform(() => null), z.uuid()]).nullable();

/** An issue as an editor's form sends it. `onSaleAt` is a day (`2027-03-01`), taken as midnight UTC. */
export const issueInput = z.object({
  title: z
    .string()
    .trim()
    .min(1, 'An issue needs a title.')
    .max(200, 'The title may have 200 characters at most.'),
  slug: z
    .string()
    .trim()
    .max(slugMaxLength, `An address may have ${slugMaxLength} characters at most.`)
    .regex(
      slugPattern,
      'Use lower-case letters, digits and single hyphens, as in “the-long-winter”.',
    ),
  volume: optionalWhole('The volume', 10_000),
  number: whole('The number', 100_000),
  periodLabel: z
    .string()
    .trim()
    .min(1, 'Say which period it covers, as in “Autumn 2026”.')
    .max(60, 'The period may have 60 characters at most.'),
  onSaleAt: z.iso
    .date('Choose the day it goes on sale.')
    .transform((day) => new Date(`${day}T00:00:00Z`)),
  description: z.string().trim().max(2_000, 'The description may have 2,000 characters at most.'),
  pageCount: optionalWhole('The number of pages', 2_000),
  coverId: optionalId,
  coverArtistId: optionalId,
});

export type IssueInput = z.output<typeof issueInput>;

/** Where an article stands in an issue. Departments appear in the order of their first article. */
export const placementInput = z.object({
  articleId: z.uuid('Choose an article.'),
  department: z
    .string()
    .trim()
    .min(1, 'Name the department.')
    .max(60, 'A department may have 60 characters at most.'),
  page: optionalWhole('The page', 2_000),
});

export type PlacementInput = z.output<typeof placementInput>;

const optionalNumber = (name: string, max: number) =>
  z
    .int(`${name} is a whole number.`)
    .min(1, `${name} counts from 1.`)
    .max(max, `${name} may be ${max} at most.`)
    .nullable();

/** An issue's whole plan as the board sends it. */
export const planInput = z
  .array(
    z.object({
      name: placementInput.shape.department,
      places: z.array(
        z.object({
          articleId: z.uuid(),
          page: optionalNumber('The page', 2_000),
          pageCount: optionalNumber('The number of pages', 500),
          wordBudget: optionalNumber('The word budget', 100_000),
        }),
      ),
    }),
  )
  .max(60, 'An issue may have 60 departments at most.')
  .refine((plan) => placesOf(plan).length <= 500, 'An issue may have 500 articles at most.')
  .refine(
    (plan) => new Set(plan.map(({ name }) => name.toLocaleLowerCase('en'))).size === plan.length,
    'Two departments have the same name.',
  )
  .refine((plan) => {
    const ids = placesOf(plan).map(({ articleId }) => articleId);
    return new Set(ids).size === ids.length;
  }, 'An article stands in the plan twice.');
