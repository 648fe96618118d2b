import { z } from 'zod';
import { editions, maxQuantity } from '#lib/catalog/rules.ts';
import { parseInput } from '#lib/input.ts';
import { currencies } from '#lib/money.ts';
import { ok, type Result } from '#lib/result.ts';
import { slugMaxLength, slugPattern } from '#lib/slug.ts';
import type { Choice } from './rules.ts';

const form = z
  .object({
    edition: z.enum(editions, 'Choose print or digital.'),
    currency: z.enum(currencies, 'Choose a currency.'),
    quantity: z.coerce
      .number('Give a number of copies.')
      .int('Give a whole number of copies.')
      .min(1, 'Give at least one copy.')
      .catch(Number.NaN),
    country: z.string().trim(),
    from: z.string().regex(slugPattern).max(slugMaxLength).nullable().catch(null),
    again: z.boolean(),
  })
  .superRefine((value, context) => {
    const most = maxQuantity[value.edition];
    if (value.edition === 'print' && !(value.quantity >= 1 && value.quantity <= most)) {
      const message = `Give a whole number of copies from 1 to ${most}.`;
      context.addIssue({ code: 'custom', path: ['quantity'], message });
    }
    if (value.edition === 'print' && !/^[A-Z]{2}$/.test(value.country)) {
      context.addIssue({
        code: 'custom',
        path: ['country'],
        message: 'Choose a country to post to.',
      });
    }
  });

/**
 * Reads the buy form. What a digital edition has no use for (copies, country) is left aside, as the form has those
 * fields for both. A refusal names the fields with the text beside each.
 */
export function parseBuyForm(
  fields: Record<string, string | undefined>,
): Result<{ choice: Choice; from: string | null }, 'invalid'> {
  const parsed = parseInput(form, {
    edition: fields['edition'],
    currency: fields['currency'],
    quantity: fields['quantity'] ?? '1',
    country: fields['country'] ?? '',
    from: fields['from'] ?? null,
    again: fields['again'] === 'yes',
  });
  if (!parsed.ok) return parsed;
  const { from, ...choice } = parsed.value;
  const print = choice.edition === 'print';
  return ok({
    from,
    choice: {
      ...choice,
      quantity: print ? choice.quantity : 1,
      country: print ? choice.country : null,
    },
  });
}
