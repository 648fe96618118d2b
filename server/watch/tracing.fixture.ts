import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach } from 'vitest';
import { makeLog } from '#lib/log.ts';
import { startTracing } from './tracing.ts';

/** Stops the collector and the tracing that a test began. Answers what begins them. */
export function useTracing() {
  let collector: Server | null = null;
  let stop = async () => {};

  afterEach(async () => {
    await stop();
    stop = async () => {};
    collector?.close();
    collector?.closeAllConnections();
    collector = null;
  });

  /** A collector that takes OTLP over HTTP, and tracing that sends to it. `sent` stops it and answers all that arrived. */
  async function tracing(answer = { status: 200, after: 0 }) {
    const bodies: string[] = [];
    const paths: string[] = [];
    collector = createServer(async (request, response) => {
      paths.push(`${request.method} ${request.url}`);
      let body = '';
      for await (const chunk of request) body += chunk;
      await wait(answer.after);
      if (answer.status === 200) bodies.push(body);
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end('{}');
    });
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as AddressInfo;
    const lines: string[] = [];
    const log = makeLog('debug', { write: (line) => void lines.push(line) });
    const settings = { endpoint: `http://127.0.0.1:${port}`, serviceName: 'quire' };
    const started = await startTracing(settings, log);
    stop = started.stop;
    const sent = async () => {
      await stop();
      stop = async () => {};
      return bodies.flatMap(spansOf);
    };
    return { bodies, paths, lines, sent };
  }

  return tracing;
}

function spansOf(body: string): Sent[] {
  const { resourceSpans } = JSON.parse(body);
  return resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: Sent[] }[] }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        attributes: plain(span.attributes),
        events: span.events.map((event) => ({ attributes: plain(event.attributes) })),
      })),
    ),
  );
}

const plain = (attributes: unknown) =>
  Object.fromEntries(
    (attributes as Attribute[]).map(({ key, value }) => [key, Object.values(value)[0]]),
  );

type Sent = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status: { code?: number };
  attributes: Record<string, unknown>;
  events: { attributes: Record<string, unknown> }[];
};

type Attribute = { key: string; value: Record<string, unknown> };
