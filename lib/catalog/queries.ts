import { and, asc, eq, inArray } from 'drizzle-orm';
import { db, type Executor } from '#db/client.ts';
import { productPrices, products } from '#db/schema/catalog.ts';
import { issues } from '#db/schema/issues.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { type Picture, pictureOf } from '#lib/media/rules.ts';
import type { Currency } from '#lib/money.ts';
import { availabilityOf, type Edition, type Offer } from './rules.ts';

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
