import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerControl } from './control-http.ts';
import { ConnectionLost } from './faults.ts';
import { createStandIn, type StandIn, type StandInOptions } from './stand-in.ts';

export type StandInHostOptions = {
  /** 0 takes any free port; `origin` says which. */
  port: number;
  /** `127.0.0.1` without it. */
  host?: string;
  /** The origin under which browsers reach this host, for the hosted pages. */
  publicOrigin: string;
  webhook: StandInOptions['webhook'];
  /** JSON file for all objects, as `.data/stripe.json`. */
  stateFile: string;
  log: (line: string) => void;
  /** The process's NODE_ENV. `production` is refused unless `demo` is true. */
  mode: string | undefined;
  demo?: boolean;
};

export type StandInHost = { origin: string; standIn: StandIn; close: () => Promise<void> };

/**
 * The stand-in as a server of its own on the machine's clock: the API, the hosted pages, and `POST /_control/…`.
 * Webhooks go out within a quarter of a second. Rejects when the port is taken; `close` waits for calls under way.
 */
export async function startStandInHost(options: StandInHostOptions): Promise<StandInHost> {
  const { mode, demo, publicOrigin, webhook, stateFile, log } = options;
  const standIn = createStandIn({
    publicOrigin,
    webhook,
    stateFile,
    mode,
    ...(demo === undefined ? {} : { demo }),
  });
  const server = createServer((incoming, outgoing) => {
    answer(standIn, incoming, outgoing).catch((error: unknown) => {
      if (!(error instanceof ConnectionLost)) log(`Stripe stand-in: ${textOf(error)}`);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', () => resolve());
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const stop = deliverRegularly(standIn, log);
  return {
    origin: `http://${options.host ?? '127.0.0.1'}:${port}`,
    standIn,
    close: async () => {
      await stop();
      server.closeIdleConnections();
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
      });
    },
  };
}

function deliverRegularly(standIn: StandIn, log: (line: string) => void): () => Promise<void> {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  const turn = async () => {
    for (const report of await standIn.control.deliverDue()) {
      if (report.outcome === 'delivered') continue;
      log(
        `Stripe stand-in: webhook ${report.type} ${report.outcome} (status ${report.status ?? 'none'})`,
      );
    }
  };
  const schedule = () => {
    timer = setTimeout(() => {
      running = turn()
        .catch((error: unknown) => log(`Stripe stand-in: ${textOf(error)}`))
        .then(() => {
          if (timer) schedule();
        });
    }, 250);
  };
  schedule();
  return async () => {
    if (timer) clearTimeout(timer);
    timer = null;
    await running;
  };
}

async function answer(
  standIn: StandIn,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = await requestOf(incoming);
  const response = request
    ? ((await answerControl(standIn.control, request)) ?? (await standIn.fetch(request)))
    : new Response('Bad request', { status: 400 });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

/** Null for an address that can't be parsed or a body above a megabyte. */
async function requestOf(incoming: IncomingMessage): Promise<Request | null> {
  const url = URL.parse(incoming.url ?? '/', 'http://stand-in.localhost');
  if (!url) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 1_000_000) return null;
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string') headers.set(name, value);
  }
  const method = incoming.method ?? 'GET';
  const withBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, {
    method,
    headers,
    ...(withBody ? { body: Buffer.concat(chunks) } : {}),
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
