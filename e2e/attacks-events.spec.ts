import { createHmac } from 'node:crypto';
import { expect } from '@playwright/test';
import { test } from './fixtures/attacks.ts';

/* Events that say they are Stripe's, sent by people who are not. */

test.describe('an event that Stripe did not send', () => {
  const event = JSON.stringify({
    id: 'evt_forged',
    object: 'event',
    type: 'checkout.session.completed',
    data: { object: { id: 'cs_forged', object: 'checkout.session' } },
  });
  // The stand-in's secret is known to everybody who has the source.
  const signed = (body: string, at: number) => {
    const hash = createHmac('sha256', 'whsec_local_stand_in').update(`${at}.${body}`).digest('hex');
    return { 'stripe-signature': `t=${at},v1=${hash}`, 'content-type': 'application/json' };
  };
  const now = () => Math.floor(Date.now() / 1000);
  const forgeries: [name: string, headers: Record<string, string>, body: string][] = [
    ['without a signature', {}, event],
    ['with a made-up signature', { 'stripe-signature': `t=${now()},v1=${'0'.repeat(64)}` }, event],
    ['with half a signature', { 'stripe-signature': `t=${now()}` }, event],
    ['with no time', { 'stripe-signature': `v1=${'0'.repeat(64)}` }, event],
    ['signed an hour ago', signed(event, now() - 3600), event],
    ['changed after signing', signed(event, now()), event.replace('cs_forged', 'cs_other')],
    ['that is no JSON, without a signature', {}, '{'],
  ];
  for (const [name, headers, body] of forgeries) {
    test(`is refused ${name}`, async ({ raw }) => {
      const path = '/api/webhooks/stripe';
      expect((await raw(path, { method: 'POST', headers, body })).status).toBe(400);
    });
  }

  test('is not even read when it is huge, and the address answers no GET', async ({ raw }) => {
    const path = '/api/webhooks/stripe';
    const headers = { 'content-length': String(40 * 1024 * 1024) };
    expect((await raw(path, { method: 'POST', headers })).status).toBe(413);
    expect((await raw(path)).status).toBe(405);
    const endless = { 'transfer-encoding': 'chunked' };
    const body = Buffer.alloc(40 * 1024 * 1024);
    await expect(raw(path, { method: 'POST', headers: endless, body })).rejects.toThrow();
    expect((await raw('/api/health')).status).toBe(200);
    // What is signed rightly is taken, so that the refusals above are about the signature.
    const other = event.replace('checkout.session.completed', 'customer.created');
    const taken = await raw(path, { method: 'POST', headers: signed(other, now()), body: other });
    expect(taken.status).toBe(200);
    expect(taken.text).toContain('ignored');
  });
});
