import { expect, test } from 'vitest';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson } from '#db/builders/users.ts';
import { useShop } from '#lib/checkout/shop.fixture.ts';
import { listOrders, orderOf, ordersOf } from './queries.ts';

const shop = useShop({ stock: 5 });

test('a reader sees no other reader’s order, by number or in the list', async () => {
  const owner = await aPerson();
  const stranger = await aPerson();
  const { number } = await anOrder({ productId: shop.print, order: { userId: owner.userId } });
  expect(await orderOf(owner.userId, number)).toMatchObject({ number, subtotal: 1400 });
  expect(await orderOf(stranger.userId, number)).toBeNull();
  expect(await orderOf(owner.userId, 2 ** 40)).toBeNull();
  expect(await ordersOf(stranger.userId)).toEqual([]);
});

test('the office finds orders by number and by a part of the address', async () => {
  const publisher = await aPerson({ staffRole: 'publisher' });
  await anOrder({ productId: shop.print, order: { email: 'ann_a@example.org' } });
  const second = await anOrder({ productId: shop.digital, order: { email: 'bo@example.org' } });
  const found = async (search: string) => {
    const listed = await listOrders(publisher, { search, page: 1, perPage: 10 });
    return listed.ok ? listed.value.orders.map(({ email }) => email) : listed.reason;
  };
  expect(await found('')).toEqual(['bo@example.org', 'ann_a@example.org']);
  expect(await found('NN_A')).toEqual(['ann_a@example.org']);
  expect(await found('%')).toEqual([]);
  expect(await found(String(second.number))).toEqual(['bo@example.org']);
  const page = await listOrders(publisher, { page: 2, perPage: 1 });
  expect(page).toMatchObject({
    value: { total: 2, pages: 2, orders: [{ email: 'ann_a@example.org' }] },
  });
});
