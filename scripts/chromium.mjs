import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, root, say } from './install.mjs';

/** A Chromium: the one that BROADSIDE_CHROMIUM names, one that is installed, Playwright's own, Debian's where we may. */
export function findChromium() {
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
      'A Chromium is needed, and none was found. One of these helps:',
      '  sudo apt-get install chromium        (Debian, Ubuntu)',
      '  npx playwright install chromium      (any system)',
      '  BROADSIDE_CHROMIUM=/path/to/chrome     (before the command)',
    ].join('\n'),
  );
}

function runs(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}
