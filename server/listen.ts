import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { BootError } from './boot-error.ts';

/** How long somebody may take, in milliseconds. */
export type Patience = {
  /** To send the headers of a request; all of it, where half a minute is enough for a form with a picture. */
  headers: number;
  request: number;
  /** Without a byte in either direction. */
  silence: number;
  /** To take what was sent, however small the sips. */
  taking: number;
  /** How often that is looked at. */
  checks: number;
};

const patience: Patience = {
  headers: 10_000,
  request: 60_000,
  silence: 90_000,
  taking: 600_000,
  checks: 5_000,
};

/**
 * A server that is not open yet. Who sends or takes a byte now and then is cut off; what Node's parser refuses (two
 * lengths of one body, headers over 16 KB, a line without end) never becomes a request.
 */
export function makeServer(
  answer: RequestListener,
  upgrades: boolean,
  { headers, request, silence, taking, checks }: Patience = patience,
): Server {
  const server = createServer(
    {
      headersTimeout: headers,
      requestTimeout: request,
      connectionsCheckingInterval: checks,
      maxHeaderSize: 16 * 1024,
      // Longer than proxies keep theirs, which would send a request down a line that is being closed.
      keepAliveTimeout: 75_000,
      keepAliveTimeoutBuffer: 5_000,
      // Next would keep such a connection open, past all of these. In development its pages are told of changes by it.
      ...(upgrades ? {} : { shouldUpgradeCallback: () => false }),
    },
    answer,
  );
  server.setTimeout(silence);
  cutOffSippers(server, taking, checks);
  return server;
}

/** @throws BootError where the port can't be opened. */
export function listen(server: Server, { port, host }: { port: number; host: string }) {
  return new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use. Stop what uses it, or set PORT to another one.`
          : `Port ${port} can't be opened: ${error.message}`;
      failed(new BootError(why, { cause: error }));
    });
    server.listen(port, host, done);
  });
}

/** Takes no new request and waits for those under way. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    if (!server.listening) return done();
    server.close(() => done());
    // Node would go on answering on connections that are kept alive.
    server.prependListener('request', (_, response) => {
      response.shouldKeepAlive = false;
    });
    server.closeIdleConnections();
    // What has not ended by then never will: a reader on a dead line, an answer that waits for a database that is away.
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  });
}

/** Ends connections that have had the same answer waiting for so long: to Node, a sip now and then is no silence. */
function cutOffSippers(server: Server, taking: number, checks: number): void {
  const sockets = new Map<Socket, { written: number; since: number }>();
  server.on('connection', (socket) => {
    sockets.set(socket, { written: 0, since: 0 });
    socket.once('close', () => sockets.delete(socket));
  });
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [socket, last] of sockets) {
      if (socket.writableLength === 0 || socket.bytesWritten !== last.written) {
        Object.assign(last, { written: socket.bytesWritten, since: now });
      } else if (now - last.since >= taking) socket.destroy();
    }
  }, checks);
  timer.unref();
  server.once('close', () => clearInterval(timer));
}
