import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { DAY, HOUR, invoicesOf, type Shop, shop, subscriber } from './billing/billing.fixture.ts';
import { answerControl } from './control-http.ts';

async function command({ standIn }: Shop, name: string, body: object): Promise<unknown> {
  const request = new Request(`http://stripe.test/_control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const response = await answerControl(standIn.control, request);
  const answer = (await response?.json()) as { result?: unknown; error?: string };
  if (!response?.ok) throw new Error(answer.error);
  return answer.result;
}

it('the levers of Billing are commands too', async () => {
  const made = await shop();
  const { subscription, customer } = await subscriber(made, [made.monthly]);
  const settings = { retryDays: [1, 1], lastly: 'past_due', upcomingDays: 0 };
  expect(await command(made, 'billing-settings', settings)).toEqual(settings);
  await command(made, 'decline-next', { customerId: customer, times: 2, kind: 'expired_card' });
  await command(made, 'advance', { seconds: 28 * DAY + HOUR });
  const [, invoice] = await invoicesOf(made, subscription.id);
  expect(invoice).toMatchObject({ status: 'open', attempt_count: 1 });
  const invoiceId = String(invoice?.id);
  expect(await command(made, 'collect-invoice', { invoiceId })).toMatchObject({ attempt_count: 2 });
  const method = (await command(made, 'replace-card', {
    customerId: customer,
    number: 'DE89370400440532013000',
  })) as Stripe.PaymentMethod;
  expect(method.type).toBe('sepa_debit');
  await command(made, 'collect-invoice', { invoiceId });
  expect(await command(made, 'settle-invoice', { invoiceId })).toMatchObject({ status: 'paid' });
  expect(await command(made, 'fraud-warning', { id: invoiceId })).toMatchObject({
    actionable: true,
  });
  const card = (await command(made, 'replace-card', {
    customerId: customer,
    number: '4242424242424242',
  })) as Stripe.PaymentMethod;
  const date = { id: card.id, month: 3, year: 2027 };
  expect(await command(made, 'expire-card', date)).toMatchObject({ card: { exp_year: 2027 } });
  await command(made, 'decline-next', { customerId: customer });
  await command(made, 'advance', { seconds: 31 * DAY + HOUR });
  const open = (await invoicesOf(made, subscription.id)).find(({ status }) => status === 'open');
  const paid = await command(made, 'pay-invoice', { invoiceId: open?.id });
  expect(paid).toMatchObject({ status: 'paid' });
  await expect(command(made, 'pay-invoice', { invoiceId: open?.id })).rejects.toThrow('not open');
});
