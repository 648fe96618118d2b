import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
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

/** Milliseconds that calls under way get when the host closes. */
const GRACE = 500;

/**
 * The stand-in as a server of its own on the machine's clock: the API, the hosted pages, and `POST /_control/…` for
 * this machine alone. Webhooks go out within a quarter of a second. Rejects when the port is taken. `close` gives
 * calls under way half a second, cuts every connection then, and leaves webhooks on their way for the next start.
 */
export async function startStandInHost(options: StandInHostOptions): Promise<StandInHost> {
  const { mode, demo = false, publicOrigin, webhook, stateFile, log } = options;
  const closing = new AbortController();
  const standIn = createStandIn({
    publicOrigin,
    webhook,
    stateFile,
    mode,
    demo,
    closing: closing.signal,
  });
  const server = createServer((incoming, outgoing) => {
    answer(standIn, incoming, outgoing).catch((error: unknown) => {
      if (!(error instanceof ConnectionLost)) log(`Stripe stand-in: ${textOf(error)}`);
      outgoing.destroy();
    });
  });
  const origin = await listen(server, options.host ?? '127.0.0.1', options.port);
  const stop = deliverRegularly(standIn, log, closing.signal);
  let closed: Promise<void> | null = null;
  return {
    origin,
    standIn,
    close: () => {
      closing.abort();
      closed ??= Promise.all([stop(), shut(server)]).then(() => undefined);
      return closed;
    },
  };
}

/** Answers the origin under which this machine reaches the server. */
async function listen(server: Server, host: string, port: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  await promise;
  server.off('error', reject);
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}

async function shut(server: Server): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.close((error) => (error ? reject(error) : resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE);
  await promise.finally(() => clearTimeout(timer));
}

function deliverRegularly(
  standIn: StandIn,
  log: (line: string) => void,
  closing: AbortSignal,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const turn = async () => {
    for (const report of await standIn.control.deliverDue()) {
      if (report.outcome === 'delivered' || closing.aborted) continue;
      const status = report.status ?? 'none';
      log(`Stripe stand-in: webhook ${report.type} ${report.outcome} (status ${status})`);
    }
  };
  const schedule = () => {
    timer = setTimeout(() => {
      running = turn()
        .catch((error: unknown) => log(`Stripe stand-in: ${textOf(error)}`))
        .then(() => {
          if (!closing.aborted) schedule();
        });
    }, 250);
  };
  schedule();
  return async () => {
    clearTimeout(timer);
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
    ? ((await controlled(standIn, incoming, request)) ?? (await standIn.fetch(request)))
    : new Response('Bad request', { status: 400 });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

/** The levers are for this machine: in a demo that others can reach, nobody else pays for nothing. */
async function controlled(
  { control }: StandIn,
  { socket }: IncomingMessage,
  request: Request,
): Promise<Response | null> {
  const own = /^(::1|(::ffff:)?127\.[\d.]+)$/.test(socket.remoteAddress ?? '');
  const proxied = request.headers.has('x-forwarded-for') || request.headers.has('forwarded');
  return own && !proxied ? answerControl(control, request) : null;
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
  const body = withBody ? { body: Buffer.concat(chunks) } : {};
  return new Request(url, { method, headers, ...body });
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
