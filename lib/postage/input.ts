import { z } from 'zod';
import { type Currency, currencies, parseMinorUnits } from '#lib/money.ts';
import { isPostable } from './countries.ts';
import { longestPost, type PostageRate } from './rules.ts';

/** The rate fields of one currency in a form: `EUR-first`, `EUR-further`. */
const rateFields = ['first', 'further'] as const;
type RateName = `${Currency}-${(typeof rateFields)[number]}`;

const rateNames = currencies.flatMap((currency) =>
  rateFields.map((field): RateName => `${currency}-${field}`),
);

/** Every field that the form of a zone has, but for the countries, of which there may be many. */
export const zoneFieldNames = ['name', 'minDays', 'maxDays', ...rateNames];

/** 10,000.00: more than any letter costs. */
const highest = 1_000_000;

/** An amount as a person types it, in minor units; `null` where the field is empty. */
const amount = z
  .string()
  .default('')
  .transform((text, context) => {
    if (text.trim() === '') return null;
    const units = parseMinorUnits(text);
    if (units !== null && units <= highest) return units;
    context.addIssue({ code: 'custom', message: 'Write an amount, as in 5.50.' });
    return z.NEVER;
  });

const daysMessage = `Write a number of days from 1 to ${longestPost}.`;
const days = z.coerce
  .number(daysMessage)
  .int(daysMessage)
  .min(1, daysMessage)
  .max(longestPost, daysMessage);

/** A zone of postage as the office's form sends it: rates as `EUR-first` and `EUR-further`, countries by their codes. */
export const zoneInput = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, 'A zone needs a name.')
      .max(80, 'The name may have 80 characters at most.'),
    minDays: days,
    maxDays: days,
    countries: z
      .array(z.string().refine(isPostable, 'One of these is no country that can be posted to.'))
      .min(1, 'Choose a country, or the rest of the world.')
      .max(300)
      .transform((codes) => [...new Set(codes)].toSorted()),
    ...(Object.fromEntries(rateNames.map((name) => [name, amount])) as Record<
      RateName,
      typeof amount
    >),
  })
  .superRefine((value, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (value.minDays > value.maxDays) refuse('maxDays', 'No fewer days than at the least.');
    for (const currency of currencies) {
      const [first, further] = [value[`${currency}-first`], value[`${currency}-further`]];
      if (first === null && further !== null) refuse(`${currency}-first`, 'Give both.');
      if (first !== null && further === null) refuse(`${currency}-further`, 'Give both.');
    }
    if (rateNames.every((name) => value[name] === null)) {
      refuse('rates', 'Give a rate in one currency at least.');
    }
  })
  .transform((value) => {
    const rate = (currency: Currency): PostageRate | null => {
      const [firstCopy, furtherCopy] = [value[`${currency}-first`], value[`${currency}-further`]];
      return firstCopy === null || furtherCopy === null ? null : { firstCopy, furtherCopy };
    };
    return {
      name: value.name,
      days: { minDays: value.minDays, maxDays: value.maxDays },
      countries: value.countries,
      EUR: rate('EUR'),
      GBP: rate('GBP'),
      USD: rate('USD'),
    };
  });

export type ZoneInput = z.output<typeof zoneInput>;
