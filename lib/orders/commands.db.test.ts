import { describe, expect, test } from 'vitest';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson } from '#db/builders/users.ts';
import { useDatabase } from '#db/testing.ts';
import { refuseRefund } from '#lib/ledger/commands.ts';
import { acceptHeldOrder, refundOrder } from './commands.ts';
import { orderDetail } from './queries.ts';

useDatabase();

type Parts = Omit<Parameters<typeof anOrder>[0], 'productId'>;

async function aDigitalOrder(parts: Parts = {}) {
  const issue = await anIssue();
  const product = await aProduct({ issueId: issue.id, edition: 'digital' });
  return anOrder({ productId: product.id, unitAmount: 800, ...parts });
}

describe('giving money back', () => {
  test('a form that is sent twice, or from an old page, pays once', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const { id } = await aDigitalOrder();
    const send = () =>
      refundOrder(publisher, id, { amount: 300, reason: 'A torn page', seenRefunds: 0 });
    const answers = await Promise.all([send(), send()]);
    expect(answers.map((answer) => answer.ok).toSorted()).toEqual([false, true]);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: 'changed' });
    const detail = await orderDetail(publisher, id);
    expect(detail).toMatchObject({ value: { refunded: 300, refunds: [{ amount: 300 }] } });
    const more = await refundOrder(publisher, id, {
      amount: 'full',
      reason: '',
      seenRefunds: 1,
    });
    expect(more.ok).toBe(true);
  });

  test('a second click does nothing even where the first refund failed before it came', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const { id } = await aDigitalOrder();
    const send = () => refundOrder(publisher, id, { amount: 300, reason: '', seenRefunds: 0 });
    const first = await send();
    await refuseRefund(first.ok ? first.value.refundId : '', 'No such payment');
    expect(await orderDetail(publisher, id)).toMatchObject({ value: { refunded: 0 } });
    expect(await send()).toMatchObject({ reason: 'changed' });
  });
});

describe('letting a held order through', () => {
  test('works once, for a publisher', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const { id } = await aDigitalOrder({ order: { status: 'held' } });
    const editor = await aPerson({ staffRole: 'editor' });
    expect(await acceptHeldOrder(editor, id)).toMatchObject({ reason: 'forbidden' });
    expect((await acceptHeldOrder(publisher, id)).ok).toBe(true);
    expect(await acceptHeldOrder(publisher, id)).toMatchObject({ reason: 'not-held' });
  });

  test('is refused once all of its money went back', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const { id } = await aDigitalOrder({ order: { status: 'held' } });
    await refundOrder(publisher, id, { amount: 'full', reason: 'Charged wrongly' });
    expect(await acceptHeldOrder(publisher, id)).toMatchObject({ reason: 'refunded' });
  });
});
