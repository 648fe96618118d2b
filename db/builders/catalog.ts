import { db } from '#db/client.ts';
import {
  planPrices,
  plans,
  postageCountries,
  postageRates,
  postageZones,
  productPrices,
  products,
} from '#db/schema/catalog.ts';
import type { Edition } from '#lib/catalog/rules.ts';
import type { Currency } from '#lib/money.ts';

type Prices = Partial<Record<Currency, number>>;
type TierPrice = Omit<typeof planPrices.$inferInsert, 'planId'>;

/** An edition on sale: print with 100 copies at €14.00, digital at €8.00, unless told otherwise. */
export async function aProduct(parts: {
  issueId: string;
  edition?: Edition;
  stock?: number;
  active?: boolean;
  prices?: Prices;
}): Promise<{ id: string; edition: Edition }> {
  const edition = parts.edition ?? 'print';
  const prices = parts.prices ?? { EUR: edition === 'print' ? 1400 : 800 };
  const [row] = await db()
    .insert(products)
    .values({
      issueId: parts.issueId,
      edition,
      active: parts.active ?? true,
      stock: edition === 'print' ? (parts.stock ?? 100) : null,
    })
    .returning({ id: products.id });
  if (!row) throw new Error('No product was made');
  await db()
    .insert(productPrices)
    .values(
      Object.entries(prices).map(([currency, amount]) => ({ productId: row.id, currency, amount })),
    );
  return { id: row.id, edition };
}

let zones = 0;

/** A postage zone: Germany at €3.00 and €1.00 for each further copy, unless told otherwise. */
export async function aPostageZone(
  parts: {
    name?: string;
    countries?: string[];
    rates?: Partial<Record<Currency, { firstCopy: number; furtherCopy: number }>>;
  } = {},
): Promise<{ id: string }> {
  zones += 1;
  const [zone] = await db()
    .insert(postageZones)
    .values({ name: parts.name ?? `Zone ${zones}`, position: zones })
    .returning({ id: postageZones.id });
  if (!zone) throw new Error('No zone was made');
  const countries = parts.countries ?? ['DE'];
  if (countries.length > 0) {
    await db()
      .insert(postageCountries)
      .values(countries.map((country) => ({ country, zoneId: zone.id })));
  }
  const rates = Object.entries(parts.rates ?? { EUR: { firstCopy: 300, furtherCopy: 100 } });
  if (rates.length > 0) {
    await db()
      .insert(postageRates)
      .values(rates.map(([currency, rate]) => ({ zoneId: zone.id, currency, ...rate })));
  }
  return zone;
}

let offered = 0;

/**
 * A plan of a year that renews, with everything in it, at €60.00, unless told otherwise. `tiers`: prices beside the
 * standard ones.
 */
export async function aPlan(
  parts: Partial<typeof plans.$inferInsert> & { prices?: Prices; tiers?: TierPrice[] } = {},
): Promise<{ id: string; slug: string }> {
  offered += 1;
  const { prices = { EUR: 6000 }, tiers = [], ...own } = parts;
  const [plan] = await db()
    .insert(plans)
    .values({
      slug: `plan-${offered}`,
      name: `Plan ${offered}`,
      includesPrint: true,
      includesDigital: true,
      interval: own.issueCount ? null : 'year',
      renews: !own.issueCount,
      position: offered,
      ...own,
    })
    .returning({ id: plans.id, slug: plans.slug });
  if (!plan) throw new Error('No plan was made');
  const standard = Object.entries(prices).map(([currency, amount]) => ({ currency, amount }));
  const rows: TierPrice[] = [...standard, ...tiers];
  if (rows.length > 0) {
    await db()
      .insert(planPrices)
      .values(rows.map((row) => ({ ...row, planId: plan.id })));
  }
  return plan;
}
