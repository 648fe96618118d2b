import { AsyncLocalStorage } from 'node:async_hooks';
import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { describe, expect, test, vi } from 'vitest';
import { withRequestId } from '#lib/request-id.ts';
import { useTracing } from './tracing.fixture.ts';
import { inTraceOf, traced } from './tracing.ts';

const tracing = useTracing();

const remote = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const traceparent = `00-${remote.traceId}-${remote.spanId}-01`;

describe('spans', () => {
  test('reach the collector nested, with the request’s id and the service’s name', async () => {
    const { sent, bodies, paths } = await tracing();
    const answer = await withRequestId('from-the-edge', () =>
      traced('outer', { 'http.route': '/articles/[slug]' }, async () => {
        await wait(1);
        return traced('inner', {}, () => 'done');
      }),
    );
    const spans = await sent();
    expect(answer).toBe('done');
    expect(paths).toEqual(['POST /v1/traces']);
    expect(bodies[0]).toContain('{"key":"service.name","value":{"stringValue":"quire"}}');
    const [inner, outer] = spans;
    expect(spans.map(({ name }) => name)).toEqual(['inner', 'outer']);
    expect(inner).toMatchObject({ traceId: outer?.traceId, parentSpanId: outer?.spanId });
    expect(outer?.parentSpanId).toBeUndefined();
    expect(outer?.attributes).toEqual({
      'http.route': '/articles/[slug]',
      'broadside.request_id': 'from-the-edge',
    });
  });

  test('say that the work failed, which is thrown on', async () => {
    const { sent } = await tracing();
    const failing = [
      () =>
        traced('at once', {}, () => {
          throw new Error('no');
        }),
      () =>
        traced('later', {}, async () => {
          throw new Error('no');
        }),
    ];
    for (const work of failing) await expect((async () => work())()).rejects.toThrow('no');
    const spans = await sent();
    expect(spans.map(({ name, status }) => [name, status.code])).toEqual([
      ['at once', 2],
      ['later', 2],
    ]);
  });

  test('hold no query, address, header or value of a statement', async () => {
    const { sent, bodies } = await tracing();
    const attributes = {
      'http.target': '/sign-in/confirm?token=half&email=ann%40magazine.example',
      'http.url': 'https://magazine.example/search?q=illness#Ann',
      'user_agent.original': 'Ann’s browser',
      'client.address': '203.0.113.9',
      'next.route': '/for/ann@magazine.example',
    };
    const error = new Error('Failed query: select $1\nparams: Ann Reader,ann@magazine.example');
    await expect(
      traced('GET /x?email=ann@magazine.example', attributes, async () => {
        throw error;
      }),
    ).rejects.toThrow(error);
    const [span] = await sent();
    expect(span).toMatchObject({
      name: 'GET /x',
      attributes: {
        'http.target': '/sign-in/confirm',
        'http.url': 'https://magazine.example/search',
        'next.route': '/for/[redacted]',
      },
    });
    expect(span?.events[0]?.attributes['exception.message']).toBe(
      'Failed query: select $1\nparams: [redacted]',
    );
    for (const secret of ['ann@', 'ann%40', 'Ann', 'token', 'illness', '203.0.113.9'])
      expect(bodies.join()).not.toContain(secret);
  });
});

test('spans begin and end outside of the context that Next forbids clock and chance in', async () => {
  const { sent } = await tracing();
  const rendering = new AsyncLocalStorage<string>();
  const forbidden: string[] = [];
  const watched = (name: string, own: () => number) => () => {
    if (rendering.getStore()) forbidden.push(name);
    return own();
  };
  const own = { random: Math.random, now: Date.now };
  vi.spyOn(Math, 'random').mockImplementation(watched('Math.random', own.random));
  vi.spyOn(Date, 'now').mockImplementation(watched('Date.now', own.now));
  try {
    await rendering.run('static', async () => {
      const failing = traced('outer', {}, async () => {
        trace.getTracer('next.js').startSpan('inner', { startTime: performance.now() }).end();
        await wait(1);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(rendering.getStore()).toBe('static');
    });
  } finally {
    vi.restoreAllMocks();
  }
  const [inner, outer] = await sent();
  expect(inner).toMatchObject({ traceId: outer?.traceId, parentSpanId: outer?.spanId });
  expect(outer?.events).toHaveLength(1);
  expect(forbidden).toEqual([]);
});

describe('a traceparent', () => {
  const inside = () => traced('span', {}, () => {});

  test('of the operator’s own proxy is what our spans are a part of', async () => {
    const { sent } = await tracing();
    inTraceOf(traceparent, 1, inside);
    expect(await sent()).toMatchObject([{ traceId: remote.traceId, parentSpanId: remote.spanId }]);
  });

  test('that the proxy does not want recorded is not', async () => {
    const { sent } = await tracing();
    inTraceOf(traceparent.replace(/1$/, '0'), 1, inside);
    expect(await sent()).toEqual([]);
  });

  test.each<[string | string[] | undefined, number]>([
    [traceparent, 0],
    [undefined, 1],
    ['nonsense', 1],
    [`${traceparent}\n`, 1],
    [traceparent.replace(remote.spanId, '0'.repeat(16)), 1],
    [traceparent.toUpperCase(), 1],
    [[traceparent, traceparent], 1],
  ])('begins no trace of ours otherwise: %j behind %d proxies', async (given, hops) => {
    const { sent } = await tracing();
    inTraceOf(given, hops, inside);
    const [span] = await sent();
    expect(span?.traceId).not.toBe(remote.traceId);
    expect(span?.parentSpanId).toBeUndefined();
  });
});

describe('a collector', () => {
  test('that is away is one warning, and work goes on', async () => {
    const { lines, sent } = await tracing({ status: 400, after: 0 });
    for (let batch = 0; batch < 3; batch += 1) {
      for (let span = 0; span < 600; span += 1) traced('span', {}, () => {});
      await wait(50);
    }
    await sent();
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 40,
      msg: expect.stringMatching(/^The collector at 127\.0\.0\.1:\d+ takes no traces$/),
    });
  });

  test('that hangs holds up neither the work nor the end of the process', async () => {
    const { sent } = await tracing({ status: 200, after: 60_000 });
    let began = performance.now();
    for (let span = 0; span < 3_000; span += 1) traced('span', {}, () => {});
    expect(performance.now() - began).toBeLessThan(1_000);
    began = performance.now();
    await sent();
    expect(performance.now() - began).toBeLessThan(4_000);
  });
});

const untraced = `
  const { registerHooks } = await import('node:module');
  const loaded = [];
  registerHooks({ resolve: (name, context, next) => (loaded.push(name), next(name, context)) });
  const { traced } = await import('#server/watch/tracing.ts');
  const result = await traced('span', {}, async () => 'done');
  process.stdout.write(JSON.stringify({ result, loaded }));
`;

test('without a collector, work is done all the same and the SDK is not even loaded', () => {
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', untraced]);
  const { result, loaded } = JSON.parse(String(stdout)) as { result: string; loaded: string[] };
  expect(result).toBe('done');
  const packages = loaded.filter((name) => name.startsWith('@opentelemetry/'));
  expect(new Set(packages)).toEqual(new Set(['@opentelemetry/api']));
});
