import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { db, type Executor } from '#db/client.ts';
import {
  planPrices,
  plans,
  postageCountries,
  postageRates,
  postageZones,
  productPrices,
  products,
} from '#db/schema/catalog.ts';
import { issues } from '#db/schema/issues.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { type Picture, pictureOf } from '#lib/media/rules.ts';
import type { Currency } from '#lib/money.ts';
import { expandZone, restOfWorld } from './countries.ts';
import { availabilityOf, type Edition, type Offer, type Plan, type PostageZone } from './rules.ts';

/**
 * What an issue is sold as, print first, priced in `currency`. An edition that was withdrawn or has no price in that
 * currency is not in the list.
 */
export async function issueOffers(
  issueId: string,
  currency: Currency,
  executor: Executor = db(),
): Promise<Offer[]> {
  const rows = await executor
    .select({ edition: products.edition, stock: products.stock, amount: productPrices.amount })
    .from(products)
    .innerJoin(productPrices, eq(productPrices.productId, products.id))
    .where(
      and(
        eq(products.issueId, issueId),
        eq(products.active, true),
        eq(productPrices.currency, currency),
      ),
    )
    .orderBy(asc(products.edition));
  return rows.map(({ edition, stock, amount }) => ({
    edition,
    price: { amount, currency },
    availability: availabilityOf(stock),
  }));
}

/** A published issue with what the buy page needs of it; `null` for an unknown or unpublished one. */
export type IssueForSale = {
  id: string;
  slug: string;
  number: number;
  title: string;
  periodLabel: string;
  cover: Picture | null;
  products: {
    id: string;
    edition: Edition;
    stock: number | null;
    prices: Partial<Record<Currency, number>>;
  }[];
};

export async function issueForSale(slug: string): Promise<IssueForSale | null> {
  const [row] = await db()
    .select({ issue: issues, cover: mediaAssets })
    .from(issues)
    .leftJoin(mediaAssets, eq(mediaAssets.id, issues.coverId))
    .where(eq(issues.slug, slug));
  if (!row?.issue.publishedAt) return null;
  const { id, number, title, periodLabel } = row.issue;
  const all = await issueProducts(id);
  return {
    id,
    slug,
    number,
    title,
    periodLabel,
    cover: row.cover && pictureOf(row.cover),
    products: all.filter(({ active }) => active),
  };
}

/** Every product of an issue with its prices, the withdrawn ones too: for the office. */
export async function issueProducts(issueId: string): Promise<ProductDetail[]> {
  const found = await db()
    .select({
      id: products.id,
      edition: products.edition,
      active: products.active,
      stock: products.stock,
    })
    .from(products)
    .where(eq(products.issueId, issueId))
    .orderBy(asc(products.edition));
  if (found.length === 0) return [];
  const prices = await db()
    .select()
    .from(productPrices)
    .where(
      inArray(
        productPrices.productId,
        found.map(({ id }) => id),
      ),
    );
  return found.map((product) => ({
    ...product,
    prices: Object.fromEntries(
      prices.filter((price) => price.productId === product.id).map((p) => [p.currency, p.amount]),
    ),
  }));
}

export type ProductDetail = {
  id: string;
  edition: Edition;
  active: boolean;
  stock: number | null;
  /** Minor units by currency. */
  prices: Partial<Record<Currency, number>>;
};

/** The zones that are served in `currency`, in their order, the countries by name. A zone without a rate is not. */
export async function postageTable(currency: Currency): Promise<PostageZone[]> {
  const zones = await db()
    .select()
    .from(postageZones)
    .innerJoin(postageRates, eq(postageRates.zoneId, postageZones.id))
    .where(eq(postageRates.currency, currency))
    .orderBy(asc(postageZones.position), asc(postageZones.name));
  const countries = await db().select().from(postageCountries);
  const named = new Set(countries.map(({ country }) => country));
  return zones.map(({ postage_zones: zone, postage_rates: rate }) => {
    const own = countries.filter(({ zoneId }) => zoneId === zone.id).map(({ country }) => country);
    return {
      name: zone.name,
      restOfWorld: own.includes(restOfWorld),
      countries: expandZone(own, named).toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
      rate: { firstCopy: rate.firstCopy, furtherCopy: rate.furtherCopy },
      minDays: zone.minDays,
      maxDays: zone.maxDays,
    };
  });
}

/** The plans on offer with their price in `currency`; a plan without one is not in the list. */
export async function plansOnOffer(currency: Currency): Promise<Plan[]> {
  const rows = await db()
    .select()
    .from(plans)
    .innerJoin(planPrices, eq(planPrices.planId, plans.id))
    .where(and(isNull(plans.retiredAt), eq(planPrices.currency, currency)))
    .orderBy(asc(plans.position), asc(plans.name));
  return rows.map(({ plans: plan, plan_prices: price }) => ({
    slug: plan.slug,
    name: plan.name,
    description: plan.description,
    includesPrint: plan.includesPrint,
    includesDigital: plan.includesDigital,
    includesArchive: plan.includesArchive,
    term: plan.interval
      ? { kind: 'time', interval: plan.interval }
      : { kind: 'issues', count: plan.issueCount ?? 0 },
    price: { amount: price.amount, currency },
  }));
}
