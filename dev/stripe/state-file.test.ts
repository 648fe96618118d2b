import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { shop, subscriber } from './billing/billing.fixture.ts';
import { anOrder, bench, buyer } from './fixtures.ts';
import type { State } from './state.ts';

describe('the state file', () => {
  const folder = () => mkdtempSync(path.join(tmpdir(), 'stand-in-'));

  it('keeps orders over a restart, so that they can still be refunded', async () => {
    const where = folder();
    const stateFile = path.join(where, 'deeper', 'stripe.json');
    const first = bench({ stateFile });
    const { id } = await first.stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'k' });
    const { session } = await first.standIn.control.pay(id, buyer);
    const second = bench({ stateFile });
    const again = await second.stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'k' });
    expect(again.id).toBe(id);
    const refund = await second.stripe.refunds.create({
      payment_intent: String(session.payment_intent),
    });
    expect(refund).toMatchObject({ amount: 1250, status: 'succeeded' });
    await second.standIn.control.deliverDue();
    expect(second.received.map(({ type }) => type)).toContain('checkout.session.completed');
    expect(readdirSync(path.dirname(stateFile))).toEqual(['stripe.json']);
    const ids = second.standIn.control.events().map((event) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is read where it is of a time that knew fewer kinds of objects', async () => {
    const stateFile = path.join(folder(), 'stripe.json');
    const first = bench({ stateFile });
    const { id } = await first.stripe.checkout.sessions.create(anOrder());
    await first.standIn.control.pay(id, buyer);
    const state = JSON.parse(readFileSync(stateFile, 'utf8')) as { objects: { dispute?: unknown } };
    delete state.objects.dispute;
    writeFileSync(stateFile, JSON.stringify(state));
    const second = bench({ stateFile });
    expect(second.standIn.control.dispute(id).status).toBe('needs_response');
  });

  it('of the version that knew one-time payments alone is read, with its open sessions and debits', async () => {
    const stateFile = path.join(folder(), 'stripe.json');
    const first = bench({ stateFile });
    const open = await first.stripe.checkout.sessions.create(anOrder());
    const debited = await first.stripe.checkout.sessions.create(anOrder());
    await first.standIn.control.pay(debited.id, { ...buyer, outcome: 'delayed_succeeds' });
    const { drawers, agenda, appointed, billing, ...state } = JSON.parse(
      readFileSync(stateFile, 'utf8'),
    ) as State;
    const backstage = Object.fromEntries(
      Object.entries(drawers.session).map(([id, session]) => [
        id,
        { ...session, debit: id === debited.id ? Object.values(drawers.debit)[0] : null },
      ]),
    );
    expect([agenda, appointed, billing].every(Boolean)).toBe(true);
    writeFileSync(stateFile, JSON.stringify({ ...state, version: 1, backstage }));
    const { standIn } = bench({ stateFile });
    await standIn.control.advance(600);
    expect(standIn.control.get('checkout.session', debited.id)?.payment_status).toBe('paid');
    await standIn.control.advance(25 * 3600);
    expect(standIn.control.get('checkout.session', open.id)?.status).toBe('expired');
  });

  it('keeps subscriptions over a restart, and what falls due of them', async () => {
    const stateFile = path.join(folder(), 'stripe.json');
    const first = await shop({ stateFile });
    const { subscription } = await subscriber(first, [first.monthly]);
    const second = bench({ stateFile, clock: { now: () => new Date('2027-03-01T00:00:00Z') } });
    const invoices = await second.stripe.invoices.list({ subscription: subscription.id });
    expect(invoices.data.map(({ status }) => status)).toEqual(['paid', 'paid']);
  });

  it('has every webhook that is still on its way when the process dies', async () => {
    const stateFile = path.join(folder(), 'stripe.json');
    const { promise: never } = Promise.withResolvers<Response>();
    const first = bench({ stateFile, deliver: () => never });
    await first.stripe.products.create({ name: 'one' });
    void first.standIn.control.deliverDue();
    await first.stripe.products.create({ name: 'two' });
    const second = bench({ stateFile });
    await second.standIn.control.deliverDue();
    expect(second.received.map(({ type }) => type)).toEqual(['product.created', 'product.created']);
  });

  it('says what to do when it is damaged', () => {
    const stateFile = path.join(folder(), 'stripe.json');
    writeFileSync(stateFile, '{"version":1,');
    expect(() => bench({ stateFile })).toThrow(/damaged. Remove .*stripe\.json/);
    writeFileSync(stateFile, '{"version":99}');
    expect(() => bench({ stateFile })).toThrow('another version');
  });
});
