import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anOrder, buyer, refusal, testSecret } from './fixtures.ts';
import { type StandInHost, type StandInHostOptions, startStandInHost } from './host.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function host(more: Partial<StandInHostOptions> = {}): Promise<StandInHost> {
  const started = await startStandInHost({
    port: 0,
    publicOrigin: 'http://stripe.test',
    webhook: null,
    stateFile: path.join(mkdtempSync(path.join(tmpdir(), 'stand-in-')), 'stripe.json'),
    log: () => undefined,
    mode: 'test',
    ...more,
  });
  closing.push(started.close);
  return started;
}

function sdk({ origin }: StandInHost): Stripe {
  const { hostname, port } = new URL(origin);
  return new Stripe('sk_test_host', {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
  });
}

async function command(
  origin: string,
  name: string,
  body: object,
  headers = {},
): Promise<Response> {
  return fetch(`${origin}/_control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

describe('the host', () => {
  it('answers the SDK over HTTP and sends webhooks by itself', async () => {
    const arrived: string[] = [];
    const app = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const signature = String(request.headers['stripe-signature']);
      arrived.push(Stripe.webhooks.constructEvent(body, signature, testSecret).type);
      response.end('ok');
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => app.close(() => resolve())));
    const { port } = app.address() as { port: number };
    const started = await host({
      webhook: { url: `http://127.0.0.1:${port}/hook`, secrets: [testSecret] },
    });
    const session = await sdk(started).checkout.sessions.create(anOrder());
    const page = `${started.origin}${new URL(String(session.url)).pathname}`;
    const paid = await fetch(page, {
      method: 'POST',
      body: new URLSearchParams({ email: 'reader@example.org', action: 'pay' }),
      redirect: 'manual',
    });
    expect(paid.status).toBe(303);
    await vi.waitFor(() => expect(arrived).toContain('checkout.session.completed'), 5000);
  });

  it('keeps its state over a restart', async () => {
    const stateFile = path.join(mkdtempSync(path.join(tmpdir(), 'stand-in-')), 'stripe.json');
    const first = await host({ stateFile });
    const { id } = await sdk(first).checkout.sessions.create(anOrder());
    await command(first.origin, 'pay', { sessionId: id, ...buyer });
    await closing.pop()?.();
    const second = await host({ stateFile });
    const session = await sdk(second).checkout.sessions.retrieve(id);
    const refund = await sdk(second).refunds.create({
      payment_intent: String(session.payment_intent),
    });
    expect(refund.status).toBe('succeeded');
  });

  it('breaks the connection where a fault says so, and goes on', async () => {
    const started = await host();
    const stripe = sdk(started);
    await command(started.origin, 'api/fail', { match: 'POST /v1/products', kind: 'answer_lost' });
    const error = await refusal(stripe.products.create({ name: 'x' }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect((await stripe.products.list()).data).toHaveLength(1);
  });

  it('takes commands as JSON, and none that a web page could send', async () => {
    const { origin } = await host();
    const listed = await command(origin, 'list', { kind: 'product' });
    expect(await listed.json()).toEqual({ result: [] });
    expect((await command(origin, 'nonsense', {})).status).toBe(404);
    expect((await command(origin, 'pay', {})).status).toBe(400);
    expect(
      (await command(origin, 'list', { kind: 'product' }, { origin: 'http://evil.test' })).status,
    ).toBe(403);
    expect((await command(origin, 'list', {}, { 'content-type': 'text/plain' })).status).toBe(403);
    expect((await fetch(`${origin}/_control/events`)).status).toBe(403);
  });

  it('refuses production and a taken port', async () => {
    await expect(host({ mode: 'production' })).rejects.toThrow('does not start in production');
    const { origin } = await host();
    await expect(host({ port: Number(new URL(origin).port) })).rejects.toThrow('EADDRINUSE');
  });

  it('answers unknown addresses and oversized bodies without falling over', async () => {
    const started = await host();
    const unknown = await fetch(`${started.origin}/nowhere`);
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toHaveProperty('error.type', 'invalid_request_error');
    const large = await fetch(`${started.origin}/v1/products`, {
      method: 'POST',
      body: 'x'.repeat(1_100_000),
    }).catch(() => null);
    expect(large?.status ?? 400).toBe(400);
    expect((await sdk(started).products.list()).data).toEqual([]);
  });
});
