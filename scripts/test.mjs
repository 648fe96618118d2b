import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buildIfChanged } from './build.mjs';
import { check, step } from './check.mjs';
import { fail, install, root, say } from './install.mjs';

/* Everything: the checks, the tests on PostgreSQL, the browser journeys on the real thing with an empty data folder. */

const began = Date.now();
install();
const chromium = findChromium();
check();
step('Tests on PostgreSQL', 'vitest', ['run', '--project', 'database']);
buildIfChanged();
step('Two instances', 'vitest', ['run', '--project', 'instances']);
const data = mkdtempSync(join(tmpdir(), 'broadside-e2e-'));
// As root, PostgreSQL runs as another user, who has to reach it.
chmodSync(data, 0o755);
process.on('exit', () => rmSync(data, { recursive: true, force: true }));
step('Browser journeys', 'playwright', ['test'], {
  BROADSIDE_CHROMIUM: chromium,
  E2E_PORT: String(await freePort()),
  E2E_DATA: data,
});
say(`\nAll tests passed in ${Math.round((Date.now() - began) / 1000)} s.`);

/** A Chromium: the one that BROADSIDE_CHROMIUM names, one that is installed, Playwright's own, Debian's where we may. */
function findChromium() {
  const named = process.env.BROADSIDE_CHROMIUM;
  if (named) {
    if (runs(named)) return named;
    fail(
      `BROADSIDE_CHROMIUM is ${named}, and no browser starts there. Set it to one, or leave it away.`,
    );
  }
  const installed = () =>
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
      .flatMap((name) =>
        (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
      )
      .concat('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
      .find((path) => existsSync(path) && runs(path));
  return installed() ?? playwrightsOwn() ?? debians(installed) ?? noChromium();
}

function playwrightsOwn() {
  const asked = spawnSync(
    process.execPath,
    ['-e', "console.log(require('@playwright/test').chromium.executablePath())"],
    { cwd: root, encoding: 'utf8' },
  );
  const path = asked.stdout.trim();
  return path && existsSync(path) && runs(path) ? path : undefined;
}

function debians(installed) {
  const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (!mayInstall) return undefined;
  say('No Chromium found: installing Debian’s…');
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  if (install().status !== 0) {
    spawnSync('apt-get', ['update'], options);
    install();
  }
  return installed();
}

function noChromium() {
  return fail(
    [
      'The browser tests need a Chromium, and none was found. One of these helps:',
      '  sudo apt-get install chromium        (Debian, Ubuntu)',
      '  npx playwright install chromium      (any system)',
      '  BROADSIDE_CHROMIUM=/path/to/chrome npm test',
    ].join('\n'),
  );
}

function runs(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
