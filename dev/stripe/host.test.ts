import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { Agent, createServer, get } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anOrder, buyer, refusal, testSecret } from './fixtures.ts';
import { type StandInHost, type StandInHostOptions, startStandInHost } from './host.ts';
import { fieldsOf } from './hosted/browser.fixture.ts';

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

function sdk({ origin }: Pick<StandInHost, 'origin'>): Stripe {
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
    const fields = fieldsOf(await (await fetch(page)).text());
    const paid = await fetch(page, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, email: 'reader@example.org', action: 'pay' }),
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
    // The SDK tries a cut connection once more, whatever it is told of retries.
    const fault = { match: 'POST /v1/products', kind: 'answer_lost', times: 2 };
    await command(started.origin, 'api/fail', fault);
    const create = () => stripe.products.create({ name: 'x' }, { idempotencyKey: 'k' });
    expect(await refusal(create())).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect((await create()).name).toBe('x');
    expect((await stripe.products.list()).data).toHaveLength(1);
  });

  it('takes commands as JSON, and none that a web page could send', async () => {
    const { origin } = await host();
    const listed = await command(origin, 'list', { kind: 'product' });
    expect(await listed.json()).toEqual({ result: [] });
    expect((await command(origin, 'nonsense', {})).status).toBe(404);
    const proxied = { 'x-forwarded-for': '192.0.2.1' };
    expect((await command(origin, 'list', { kind: 'product' }, proxied)).status).toBe(404);
    expect((await command(origin, 'pay', {})).status).toBe(400);
    expect(
      (await command(origin, 'list', { kind: 'product' }, { origin: 'http://evil.test' })).status,
    ).toBe(403);
    expect((await command(origin, 'list', {}, { 'content-type': 'text/plain' })).status).toBe(403);
    expect((await fetch(`${origin}/_control/events`)).status).toBe(403);
  });

  it('has every lever of the control as a command', async () => {
    const { origin, standIn } = await host();
    const { id } = await sdk({ origin }).checkout.sessions.create(anOrder());
    const result = async (name: string, body: object) => {
      const response = await command(origin, name, body);
      const answer = (await response.json()) as { result: unknown };
      return response.ok ? answer.result : Promise.reject(new Error(JSON.stringify(answer)));
    };
    expect(await result('next-due', {})).not.toBeNull();
    await result('pay', { sessionId: id, ...buyer });
    const dispute = (await result('dispute', { id, amount: 100 })) as { id: string };
    const decision = { disputeId: dispute.id, status: 'lost' };
    expect(await result('decide-dispute', decision)).toMatchObject({ amount: 100, status: 'lost' });
    const object = standIn.control.get('checkout.session', id);
    const foreign = { type: 'checkout.session.expired', object, envelope: { livemode: true } };
    expect(await result('foreign-event', foreign)).toMatchObject({ livemode: true });
    expect(await result('second-event', { sessionId: id })).toHaveProperty('id');
    await result('webhooks/set', { drop: true });
    await result('webhooks/clear', {});
    expect(await result('requests', {})).toHaveLength(1);
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

  it('gives its levers to this machine only', async () => {
    const addresses = Object.values(networkInterfaces()).flat();
    const other = addresses.find((one) => one && !one.internal && one.family === 'IPv4');
    if (!other) return;
    const { origin } = await host({ host: '0.0.0.0' });
    const { port } = new URL(origin);
    const refused = await command(`http://${other.address}:${port}`, 'list', { kind: 'product' });
    expect(refused.status).toBe(404);
    const local = await command(`http://127.0.0.1:${port}`, 'list', { kind: 'product' });
    expect(local.status).toBe(200);
  });
});

describe('closing the host', () => {
  async function timeToClose(started: StandInHost): Promise<number> {
    const before = performance.now();
    await started.close();
    return performance.now() - before;
  }

  it('takes no time with connections that are kept alive or were never used, and works twice', async () => {
    const started = await host();
    await sdk(started).products.list();
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve, reject) => {
      get(`${started.origin}/v1/products`, { agent }, (response) => {
        response.resume().on('end', resolve);
      }).on('error', reject);
    });
    const unused = connect(Number(new URL(started.origin).port), '127.0.0.1');
    await once(unused, 'connect');
    expect(await timeToClose(started)).toBeLessThan(900);
    await started.close();
    await expect(fetch(started.origin)).rejects.toThrow();
    agent.destroy();
    unused.destroy();
  });

  it('lets a short call end and cuts a long one', async () => {
    const started = await host();
    const stripe = sdk(started);
    const slow = (milliseconds: number, match: string) =>
      started.standIn.control.api.fail({ match, kind: 'slow', milliseconds });
    slow(150, 'POST /v1/products');
    slow(20_000, 'GET /v1/products');
    const short = stripe.products.create({ name: 'x' });
    const long = refusal(stripe.products.list());
    await vi.waitFor(() => expect(started.standIn.control.requests()).toHaveLength(2));
    expect(await timeToClose(started)).toBeLessThan(900);
    expect((await short).name).toBe('x');
    expect(await long).toBeInstanceOf(Stripe.errors.StripeConnectionError);
  });

  it('does not wait for an endpoint that hangs, whose webhook comes after the next start', async () => {
    const stateFile = path.join(mkdtempSync(path.join(tmpdir(), 'stand-in-')), 'stripe.json');
    let asked = 0;
    const app = createServer(() => {
      asked += 1;
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    closing.push(async () => {
      app.close();
      app.closeAllConnections();
    });
    const { port } = app.address() as { port: number };
    const webhook = { url: `http://127.0.0.1:${port}/hook`, secrets: [testSecret] };
    const lines: string[] = [];
    const first = await host({ stateFile, webhook, log: (line) => lines.push(line) });
    await sdk(first).products.create({ name: 'x' });
    await vi.waitFor(() => expect(asked).toBe(1), 3000);
    expect(await timeToClose(first)).toBeLessThan(900);
    expect(lines).toEqual([]);
    const second = await host({ stateFile, webhook });
    expect(second.standIn.control.nextDue()).not.toBeNull();
    await vi.waitFor(() => expect(asked).toBe(2), 3000);
  });
});
