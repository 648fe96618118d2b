import { eq } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { productPrices, products } from '#db/schema/catalog.ts';
import { issues } from '#db/schema/issues.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { isId } from '#lib/ids.ts';
import { issueTags } from '#lib/issues/tags.ts';
import { isCurrency } from '#lib/money.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import type { Edition } from './rules.ts';

type Refusal = 'forbidden' | 'unknown' | 'invalid' | 'already-offered';
type Change = Promise<Result<undefined, Refusal>>;

const notYours = () => fail('forbidden', 'Only a publisher may change what is sold.');
const unknown = () => fail('unknown', 'There is no such product.');

/** Minor units, integers from 0 to 10,000,000 (100,000.00), in a currency that we sell in. */
export type PriceInput = { currency: string; amount: number };

/** Puts an edition of an issue on sale. `stock` is asked for print and refused for digital. */
export async function offerProduct(
  actor: Actor,
  input: { issueId: string; edition: Edition; stock: number | null; prices: PriceInput[] },
): Promise<Result<{ productId: string }, Refusal>> {
  if (!may(actor, 'catalog.price')) return notYours();
  if (!isId(input.issueId)) return fail('unknown', 'There is no such issue.');
  const wrong = priceProblem(input.prices) ?? stockProblem(input.edition, input.stock);
  if (wrong) return wrong;
  return db().transaction(async (tx) => {
    const [issue] = await tx
      .select({ id: issues.id })
      .from(issues)
      .where(eq(issues.id, input.issueId));
    if (!issue) return fail('unknown', 'There is no such issue.');
    const [product] = await tx
      .insert(products)
      .values({ issueId: input.issueId, edition: input.edition, stock: input.stock })
      .onConflictDoNothing()
      .returning({ id: products.id });
    if (!product) return fail('already-offered', 'This edition is on sale already.');
    await tx
      .insert(productPrices)
      .values(input.prices.map((price) => ({ ...price, productId: product.id })));
    await recordAudit(
      tx,
      actor,
      'product.offer',
      { kind: 'product', id: product.id },
      {
        edition: input.edition,
        stock: input.stock,
        prices: input.prices,
      },
    );
    await expirePages(tx, [issueTags.offers(input.issueId)]);
    return ok({ productId: product.id });
  });
}

/** Sets the prices of a product, one a currency; a currency that is left out is no longer sold in. */
export async function setPrices(
  actor: Actor,
  input: { productId: string; prices: PriceInput[] },
): Change {
  if (!may(actor, 'catalog.price')) return notYours();
  const wrong = priceProblem(input.prices);
  if (wrong) return wrong;
  return db().transaction(async (tx) => {
    const product = await lockProduct(tx, input.productId);
    if (!product) return unknown();
    const own = eq(productPrices.productId, product.id);
    const before = await tx
      .delete(productPrices)
      .where(own)
      .returning({ currency: productPrices.currency, amount: productPrices.amount });
    await tx
      .insert(productPrices)
      .values(
        input.prices.map(({ currency, amount }) => ({ currency, amount, productId: product.id })),
      );
    await recordAudit(
      tx,
      actor,
      'product.price',
      { kind: 'product', id: product.id },
      {
        from: before,
        to: input.prices,
      },
    );
    await expirePages(tx, [issueTags.offers(product.issueId)]);
    return ok();
  });
}

/** Sets how many printed copies can still be sold, those reserved not counted. */
export async function setStock(actor: Actor, input: { productId: string; stock: number }): Change {
  if (!may(actor, 'catalog.price')) return notYours();
  const wrong = stockProblem('print', input.stock);
  if (wrong) return wrong;
  return db().transaction(async (tx) => {
    const product = await lockProduct(tx, input.productId);
    if (!product) return unknown();
    if (product.edition === 'digital') {
      return fail('invalid', 'A digital edition has no stock.', { stock: 'Has no stock' });
    }
    await tx.update(products).set({ stock: input.stock }).where(eq(products.id, product.id));
    await recordAudit(
      tx,
      actor,
      'product.stock',
      { kind: 'product', id: product.id },
      {
        from: product.stock,
        to: input.stock,
      },
    );
    await expirePages(tx, [issueTags.offers(product.issueId)]);
    return ok();
  });
}

/** Takes a product from sale. Orders that are at the Stripe page already are honoured. */
export async function withdrawProduct(actor: Actor, input: { productId: string }): Change {
  if (!may(actor, 'catalog.price')) return notYours();
  return db().transaction(async (tx) => {
    const product = await lockProduct(tx, input.productId);
    if (!product) return unknown();
    await tx.update(products).set({ active: false }).where(eq(products.id, product.id));
    const detail = { onSale: { from: product.active, to: false } };
    await recordAudit(tx, actor, 'product.withdraw', { kind: 'product', id: product.id }, detail);
    await expirePages(tx, [issueTags.offers(product.issueId)]);
    return ok();
  });
}

/** Takes a product that was withdrawn back into sale, at the prices and with the stock that it has. */
export async function offerAgain(actor: Actor, input: { productId: string }): Change {
  if (!may(actor, 'catalog.price')) return notYours();
  return db().transaction(async (tx) => {
    const product = await lockProduct(tx, input.productId);
    if (!product) return unknown();
    await tx.update(products).set({ active: true }).where(eq(products.id, product.id));
    const detail = { onSale: { from: product.active, to: true } };
    await recordAudit(
      tx,
      actor,
      'product.offer-again',
      { kind: 'product', id: product.id },
      detail,
    );
    await expirePages(tx, [issueTags.offers(product.issueId)]);
    return ok();
  });
}

async function lockProduct(tx: Transaction, productId: string) {
  if (!isId(productId)) return null;
  const [row] = await tx
    .select({
      id: products.id,
      edition: products.edition,
      stock: products.stock,
      issueId: products.issueId,
      active: products.active,
    })
    .from(products)
    .where(eq(products.id, productId))
    .for('update');
  return row ?? null;
}

function priceProblem(prices: PriceInput[]) {
  const text = 'Give an amount from 0 to 100,000 in a currency you sell in, each currency once.';
  const currencies = new Set(prices.map(({ currency }) => currency));
  const sound = prices.every(
    ({ currency, amount }) =>
      isCurrency(currency) && Number.isInteger(amount) && amount >= 0 && amount <= 10_000_000,
  );
  return prices.length > 0 && sound && currencies.size === prices.length
    ? null
    : fail('invalid', text, { prices: text });
}

function stockProblem(edition: Edition, stock: number | null) {
  if (edition === 'digital') {
    return stock === null
      ? null
      : fail('invalid', 'A digital edition has no stock.', { stock: 'Has no stock' });
  }
  const text = 'Give a whole number of copies from 0 to 1,000,000.';
  return stock !== null && Number.isInteger(stock) && stock >= 0 && stock <= 1_000_000
    ? null
    : fail('invalid', text, { stock: text });
}
