import { createServer } from 'node:http';
import next from 'next';
import { connect } from '#db/client.ts';
import { env } from '#lib/env.ts';
import { expirer } from '#server/expire.ts';

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
// The build rendered its pages without a database.
await expirer(handler)(['everything']);
server.on('request', handler);
server.listen(port, host);
process.on('SIGTERM', () => process.exit(0));
