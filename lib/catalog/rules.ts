import type { Money } from '#lib/money.ts';

export const editions = ['print', 'digital'] as const;
export type Edition = (typeof editions)[number];

export const editionNames: Record<Edition, string> = { print: 'Print', digital: 'Digital' };

/** From this many copies downwards the reader is told how many are left. */
export const fewLeft = 10;

export type Availability =
  | { kind: 'in-stock' }
  | { kind: 'few-left'; copies: number }
  | { kind: 'sold-out' };

/** What the buy box shows of one edition. */
export type Offer = { edition: Edition; price: Money; availability: Availability };

/** `stock` is the number of copies that can still be sold; `null` for what never runs out. */
export function availabilityOf(stock: number | null): Availability {
  if (stock === null || stock > fewLeft) return { kind: 'in-stock' };
  return stock === 0 ? { kind: 'sold-out' } : { kind: 'few-left', copies: stock };
}

/** Whether two stocks look the same to a reader, so that no page has to be made anew. */
export function sameAvailability(before: number | null, after: number | null): boolean {
  return JSON.stringify(availabilityOf(before)) === JSON.stringify(availabilityOf(after));
}

export function availabilityText(availability: Availability): string {
  switch (availability.kind) {
    case 'in-stock':
      return 'In stock';
    case 'few-left':
      return availability.copies === 1 ? 'Last copy' : `Only ${availability.copies} copies left`;
    case 'sold-out':
      return 'Sold out';
  }
}

/** How many can be bought at once: several printed copies, one digital edition. */
export const maxQuantity: Record<Edition, number> = { print: 20, digital: 1 };
