import { createServer } from 'node:http';
import inject from 'light-my-request';
import next from 'next';
import { connect } from '#db/client.ts';
import { env } from '#lib/env.ts';
import { readBuild } from '#server/delivery/ways.ts';

/*
 * Next's own server and nothing else: no delivery layer, no worker, no stand-ins. It compresses as it does by itself
 * (gzip, anew for each answer) where the reader takes that.
 */

const { port, host, databaseUrl } = env();
if (!databaseUrl) throw new Error('DATABASE_URL is not set');
connect(databaseUrl);
const server = createServer();
const app = next({ dev: false, dir: process.cwd(), httpServer: server, port });
await app.prepare();
const handler = app.getRequestHandler();
// The build rendered its pages without a database: they are made anew, and Next keeps them.
const { revalidate } = readBuild(process.cwd());
for (const url of ['/', '/issues', '/subscribe', '/feed.xml', '/sitemap.xml', '/robots.txt']) {
  await inject(handler, { url, headers: { 'x-prerender-revalidate': revalidate } });
}
server.on('request', handler);
server.listen(port, host);
process.on('SIGTERM', () => process.exit(0));
