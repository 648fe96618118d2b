import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { anonymous } from '#lib/users/rules.ts';
import { offerAgain, offerProduct, setPrices, setStock, withdrawProduct } from './commands.ts';
import { issueOffers, issueProducts } from './queries.ts';

useDatabase();

const euros = (amount: number) => [{ currency: 'EUR', amount }];

describe('what is sold', () => {
  test('a publisher puts an edition on sale, prices it, stocks it and withdraws it, all on record', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await anIssue();
    const offered = await offerProduct(publisher, {
      issueId: issue.id,
      edition: 'print',
      stock: 12,
      prices: euros(1200),
    });
    const productId = offered.ok ? offered.value.productId : '';
    const stale = [`offers:${issue.id}`];
    expect(await expiredTags()).toEqual(stale);
    expect(await issueOffers(issue.id, 'EUR')).toEqual([
      {
        edition: 'print',
        price: { amount: 1200, currency: 'EUR' },
        availability: { kind: 'in-stock' },
      },
    ]);
    expect(await issueOffers(issue.id, 'USD')).toEqual([]);
    const prices = [...euros(1300), { currency: 'USD', amount: 1500 }];
    expect(await setPrices(publisher, { productId, prices })).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(stale);
    expect((await setStock(publisher, { productId, stock: 0 })).ok).toBe(true);
    expect(await expiredTags()).toEqual(stale);
    expect(await issueOffers(issue.id, 'USD')).toMatchObject([
      { price: { amount: 1500 }, availability: { kind: 'sold-out' } },
    ]);
    expect((await withdrawProduct(publisher, { productId })).ok).toBe(true);
    expect(await expiredTags()).toEqual(stale);
    expect(await issueOffers(issue.id, 'EUR')).toEqual([]);
    expect(await issueProducts(issue.id)).toMatchObject([{ active: false, stock: 0 }]);
    const log = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, productId));
    expect(log.map(({ action }) => action).sort()).toEqual([
      'product.offer',
      'product.price',
      'product.stock',
      'product.withdraw',
    ]);
  });

  test('nobody below a publisher may change what is sold', async () => {
    const { id } = await anIssue();
    const { id: productId } = await aProduct({ issueId: id });
    const actors = [anonymous, await aPerson(), await aPerson({ staffRole: 'editor' })];
    for (const actor of actors) {
      for (const refused of [
        await offerProduct(actor, {
          issueId: id,
          edition: 'digital',
          stock: null,
          prices: euros(1),
        }),
        await setPrices(actor, { productId, prices: euros(1) }),
        await setStock(actor, { productId, stock: 1 }),
        await withdrawProduct(actor, { productId }),
        await offerAgain(actor, { productId }),
      ]) {
        expect(refused).toMatchObject({ ok: false, reason: 'forbidden' });
      }
    }
    expect(await issueOffers(id, 'EUR')).toMatchObject([{ price: { amount: 1400 } }]);
  });

  test('a withdrawn product comes back as it was', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await anIssue();
    const { id: productId } = await aProduct({ issueId: issue.id, active: false, stock: 7 });
    expect(await offerAgain(publisher, { productId })).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([`offers:${issue.id}`]);
    expect(await issueOffers(issue.id, 'EUR')).toMatchObject([
      { price: { amount: 1400 }, availability: { kind: 'few-left', copies: 7 } },
    ]);
    expect(await offerAgain(publisher, { productId: 'x' })).toMatchObject({ reason: 'unknown' });
    const log = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, productId));
    expect(log).toMatchObject([{ action: 'product.offer-again', actorId: publisher.userId }]);
  });

  test('senseless prices and stocks are refused with the field named', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const { id } = await anIssue();
    const { id: productId } = await aProduct({ issueId: id });
    const digital = await aProduct({ issueId: id, edition: 'digital' });
    for (const amount of [-1, 0.5, Number.NaN, 10_000_001]) {
      expect(await setPrices(publisher, { productId, prices: euros(amount) })).toMatchObject({
        reason: 'invalid',
        fields: { prices: expect.any(String) },
      });
    }
    const twice = [...euros(1), ...euros(2)];
    expect(await setPrices(publisher, { productId, prices: twice })).toMatchObject({ ok: false });
    expect(await setPrices(publisher, { productId, prices: [] })).toMatchObject({ ok: false });
    expect(await setStock(publisher, { productId, stock: -1 })).toMatchObject({
      reason: 'invalid',
    });
    expect(await setStock(publisher, { productId: digital.id, stock: 3 })).toMatchObject({
      reason: 'invalid',
    });
    expect(await setStock(publisher, { productId: 'x', stock: 3 })).toMatchObject({
      reason: 'unknown',
    });
  });
});
