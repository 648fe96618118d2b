import { describe, expect, it } from 'vitest';
import { anOrder, bench, refusal } from './fixtures.ts';

describe('idempotency keys', () => {
  it('replay the first answer and do the work once', async () => {
    const { stripe, standIn } = bench();
    const first = await stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' });
    const again = await stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' });
    expect(again.id).toBe(first.id);
    expect(standIn.control.list('checkout.session')).toHaveLength(1);
    expect(standIn.control.requests().map((request) => request.replayed)).toEqual([false, true]);
  });

  it('are refused with other parameters', async () => {
    const { stripe } = bench();
    await stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' });
    const other = anOrder({ client_reference_id: 'other' });
    const error = await refusal(
      stripe.checkout.sessions.create(other, { idempotencyKey: 'order-1' }),
    );
    expect(error).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
  });

  it('are 409 while the first call runs', async () => {
    const { stripe, standIn } = bench();
    standIn.control.api.fail({
      match: 'POST /v1/checkout/sessions',
      kind: 'slow',
      milliseconds: 30,
    });
    const slow = stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' });
    const error = await refusal(
      stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' }),
    );
    expect(error.statusCode).toBe(409);
    const session = await slow;
    const again = await stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' });
    expect(again.id).toBe(session.id);
  });

  it('can be used again after a refusal, and after a day', async () => {
    const { stripe, standIn } = bench();
    const options = { idempotencyKey: 'order-1' };
    await refusal(stripe.checkout.sessions.create(anOrder({ success_url: '/x' }), options));
    const first = await stripe.checkout.sessions.create(anOrder(), options);
    await standIn.control.advance(25 * 3600);
    const next = await stripe.checkout.sessions.create(anOrder(), options);
    expect(next.id).not.toBe(first.id);
  });
});
