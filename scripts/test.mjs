import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfChanged } from './build.mjs';
import { check, playwright, summary, vitest } from './check.mjs';
import { findChromium } from './chromium.mjs';
import { install, say } from './install.mjs';

/* Everything: the checks, the tests on PostgreSQL, the browser journeys on the real thing with an empty data folder. */

const began = Date.now();
install();
const chromium = findChromium();
check();
vitest('Tests on PostgreSQL', 'database');
buildIfChanged();
vitest('Two instances', 'instances');
const data = mkdtempSync(join(tmpdir(), 'broadside-e2e-'));
// As root, PostgreSQL runs as another user, who has to reach it.
chmodSync(data, 0o755);
process.on('exit', () => rmSync(data, { recursive: true, force: true }));
playwright('Browser journeys', {
  BROADSIDE_CHROMIUM: chromium,
  E2E_PORT: String(await freePort()),
  E2E_DATA: data,
});
say(`\nAll tests passed in ${Math.round((Date.now() - began) / 1000)} s.\n${summary()}`);

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
