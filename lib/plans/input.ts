import { z } from 'zod';
import { type Currency, currencies, parseMinorUnits } from '#lib/money.ts';
import { longestTrial, mostIssues, type PlanTerms, type Prices } from './rules.ts';

/** The price fields of one currency in its form: `EUR-standard`, `EUR-minimum` … */
const priceFields = [
  'reduced',
  'standard',
  'supporter',
  'suggested',
  'minimum',
  'maximum',
] as const;
type PriceField = (typeof priceFields)[number];
type PriceName = `${Currency}-${PriceField}`;

const priceNames = currencies.flatMap((currency) =>
  priceFields.map((field): PriceName => `${currency}-${field}`),
);

/** Every field that the form of a plan has. */
export const planFieldNames = [
  ...['name', 'description', 'editions', 'archive', 'term', 'issueCount', 'ending'],
  ...['trialDays', 'trialCard'],
  ...priceNames,
];

/** 100,000.00: more than any subscription costs. */
const highest = 10_000_000;

/** An amount as a person types it, in minor units; `null` where the field is empty. */
const amount = z
  .string()
  .default('')
  .transform((text, context) => {
    if (text.trim() === '') return null;
    const units = parseMinorUnits(text);
    if (units !== null && units <= highest) return units;
    context.addIssue({ code: 'custom', message: 'Write an amount, as in 48.00.' });
    return z.NEVER;
  });

const whole = (least: number, most: number, message: string) =>
  z.coerce.number(message).int(message).min(least, message).max(most, message);
const issueCount = `Write a number of issues from 1 to ${mostIssues}.`;

const fields = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'A plan needs a name.')
    .max(80, 'The name may have 80 characters at most.'),
  description: z.string().trim().max(500, 'The description may have 500 characters at most.'),
  editions: z.enum(['print', 'digital', 'both'], 'Choose what is sent.'),
  archive: z.string().default(''),
  term: z.enum(['month', 'year', 'issues'], 'Choose how long it lasts.'),
  issueCount: whole(1, mostIssues, issueCount),
  ending: z.enum(['renews', 'ends']).default('ends'),
  trialDays: whole(0, longestTrial, `Write a number of days from 0 to ${longestTrial}.`),
  trialCard: z.enum(['before', 'after']).default('before'),
  ...(Object.fromEntries(priceNames.map((name) => [name, amount])) as Record<
    PriceName,
    typeof amount
  >),
});

type Fields = z.output<typeof fields>;

/**
 * A plan as the office's form sends it: every field a text, prices under `EUR-standard` and the like. What has no meaning
 * for what is counted in issues (renewing, free days) is left aside.
 */
export const planInput = z.preprocess(
  leaveAside,
  fields
    .superRefine((value, context) => {
      for (const currency of currencies) checkPrices(value, currency, context);
      if (currencies.every((currency) => pricesOf(value, currency) === null)) {
        const message = 'Give a price in one currency at least.';
        context.addIssue({ code: 'custom', path: ['prices'], message });
      }
    })
    .transform((value) => ({
      name: value.name,
      description: value.description,
      terms: termsOf(value),
      EUR: pricesOf(value, 'EUR'),
      GBP: pricesOf(value, 'GBP'),
      USD: pricesOf(value, 'USD'),
    })),
);

export type PlanInput = z.output<typeof planInput>;

/** Fields that the form hides are sent, too, whatever was typed into them before. */
function leaveAside(form: unknown): unknown {
  if (typeof form !== 'object' || form === null || !('term' in form)) return form;
  const { trialDays } = form as { trialDays?: unknown };
  return form.term === 'issues'
    ? { ...form, trialDays: 0 }
    : { ...form, issueCount: 1, trialDays: trialDays || 0 };
}

function termsOf(value: Fields): PlanTerms {
  const counted = value.term === 'issues';
  return {
    includesPrint: value.editions !== 'digital',
    includesDigital: value.editions !== 'print',
    includesArchive: value.archive !== '',
    term:
      value.term === 'issues'
        ? { kind: 'issues', count: value.issueCount }
        : { kind: 'time', interval: value.term },
    renews: !counted && value.ending === 'renews',
    trialDays: counted ? 0 : value.trialDays,
    trialNeedsCard: value.trialCard === 'before',
  };
}

function pricesOf(value: Fields, currency: Currency): Prices | null {
  const at = (field: PriceField) => value[`${currency}-${field}`];
  const [suggested, minimum, maximum] = [at('suggested'), at('minimum'), at('maximum')];
  const prices: Prices = {
    reduced: at('reduced'),
    standard: at('standard'),
    supporter: at('supporter'),
    chosen:
      suggested === null || minimum === null || maximum === null
        ? null
        : { suggested, minimum, maximum },
  };
  return Object.values(prices).some((price) => price !== null) ? prices : null;
}

function checkPrices(value: Fields, currency: Currency, context: z.RefinementCtx): void {
  const at = (field: PriceField) => value[`${currency}-${field}`];
  const refuse = (field: PriceField, message: string) =>
    context.addIssue({ code: 'custom', path: [`${currency}-${field}`], message });
  const [reduced, standard, supporter] = [at('reduced'), at('standard'), at('supporter')];
  if (standard === null) {
    if (reduced !== null || supporter !== null) refuse('standard', 'Give the standard price, too.');
  } else {
    if (reduced !== null && reduced >= standard) refuse('reduced', 'Less than the standard price.');
    if (supporter !== null && supporter <= standard) {
      refuse('supporter', 'More than the standard price.');
    }
  }
  const [suggested, minimum, maximum] = [at('suggested'), at('minimum'), at('maximum')];
  if (suggested === null && minimum === null && maximum === null) return;
  for (const field of ['suggested', 'minimum', 'maximum'] as const) {
    if (at(field) === null) refuse(field, 'Give all three of them.');
  }
  if (suggested !== null && minimum !== null && minimum > suggested) {
    refuse('minimum', 'No more than is suggested.');
  }
  if (suggested !== null && maximum !== null && maximum < suggested) {
    refuse('maximum', 'No less than is suggested.');
  }
}
