import { issueForSale } from '#lib/catalog/queries.ts';
import { type Availability, availabilityOf, type Edition, editions } from '#lib/catalog/rules.ts';
import { clock } from '#lib/clock.ts';
import { grantsOf } from '#lib/entitlements/queries.ts';
import { owns } from '#lib/entitlements/rules.ts';
import { stripeReady } from '#lib/gateways/stripe/client.ts';
import type { IssueCard } from '#lib/issues/rules.ts';
import { type Currency, currencies, isCurrency, type Money } from '#lib/money.ts';
import { postageTable } from '#lib/postage/queries.ts';
import type { PostageZone } from '#lib/postage/rules.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { slugPattern } from '#lib/slug.ts';
import { browserHash } from './browser.ts';
import { parseBuyForm } from './input.ts';
import { settlingOrder } from './queries.ts';
import { isStartRefusal, startRefusals } from './rules.ts';

/** Everything that the buy page shows. */
export type BuyView = {
  issue: Pick<IssueCard, 'slug' | 'number' | 'title' | 'periodLabel' | 'cover'>;
  open: boolean;
  owned: boolean;
  canceled: boolean;
  /** A payment for this issue that has not arrived yet: buying again must be meant. */
  processing: number | null;
  currency: Currency;
  /** Those that every edition on sale is priced in. */
  currencies: Currency[];
  options: { edition: Edition; price: Money; availability: Availability }[];
  zones: PostageZone[];
  typed: { edition: Edition; quantity: string; country: string; from: string; again: boolean };
  /** The refusal's text, and the texts beside fields. */
  message: string | null;
  errors: Record<string, string>;
};

/**
 * The buy page of a published issue for one reader, with what was typed and what was wrong with it; `null` where there
 * is no such issue.
 */
export async function buyView(
  slug: string,
  typed: Record<string, string>,
  reader: { browserKey: string | null; userId: string | null },
): Promise<BuyView | null> {
  const issue = slugPattern.test(slug) ? await issueForSale(slug) : null;
  if (!issue) return null;
  const currency = await chosenCurrency(typed['currency']);
  const options = issue.products.flatMap((product) => {
    const amount = product.prices[currency];
    if (amount === undefined) return [];
    const { edition } = product;
    return [{ edition, price: { amount, currency }, availability: availabilityOf(product.stock) }];
  });
  const edition = chosenEdition(typed['edition'], options);
  const product = issue.products.find((candidate) => candidate.edition === edition);
  const buyer = {
    browserHash: reader.browserKey ? browserHash(reader.browserKey) : null,
    userId: reader.userId,
  };
  const grants = reader.userId ? await grantsOf(reader.userId, [issue.id]) : [];
  const settling = product ? await settlingOrder(product.id, buyer) : null;
  return {
    issue,
    open: stripeReady(),
    owned: owns(issue.id, grants, clock.now()),
    canceled: typed['canceled'] === '1',
    processing: settling?.number ?? null,
    currency,
    currencies: currencies.filter((code) =>
      issue.products.some(({ prices }) => prices[code] !== undefined),
    ),
    options,
    zones: options.some((option) => option.edition === 'print') ? await postageTable(currency) : [],
    typed: {
      edition,
      quantity: typed['quantity'] ?? '1',
      country: typed['country'] ?? '',
      from: slugPattern.test(typed['from'] ?? '') ? (typed['from'] ?? '') : '',
      again: typed['again'] === 'yes',
    },
    ...refusal({ currency, ...typed }),
  };
}

async function chosenCurrency(typed: string | undefined): Promise<Currency> {
  if (typed && isCurrency(typed)) return typed;
  const { currency } = await findPublication();
  return isCurrency(currency) ? currency : 'EUR';
}

/** What was asked for, else the first that can be had. */
function chosenEdition(typed: string | undefined, options: BuyView['options']): Edition {
  const asked = editions.find((edition) => edition === typed);
  const available = options.find(({ availability }) => availability.kind !== 'sold-out');
  return asked ?? available?.edition ?? 'digital';
}

/** The address says only which refusal it was; its texts are found again from what was typed. */
function refusal(typed: Record<string, string>): Pick<BuyView, 'message' | 'errors'> {
  const error = typed['error'] ?? '';
  if (error === 'invalid') {
    const parsed = parseBuyForm(typed);
    return parsed.ok
      ? { message: null, errors: {} }
      : { message: parsed.message, errors: parsed.fields ?? {} };
  }
  if (!isStartRefusal(error)) return { message: null, errors: {} };
  const { message, field } = startRefusals[error];
  return { message, errors: field ? { [field]: message } : {} };
}
