import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * What `npm run demo` and `npm test` do first, on a fresh clone with any Node from 20 on: packages as the lock file says,
 * and the Node that they were made for. Plain JavaScript, since that older Node runs it.
 */

export const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const binaries = join(modules, '.bin');

/** Installs the packages, but only where the lock file is another than the one they were installed from. */
export function install() {
  const stamp = join(modules, '.broadside-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing packages…');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { PATH: process.env.PATH });
  writeFileSync(stamp, wanted);
}

/** The environment for everything after the installation: the project's own Node and tools come first on the path. */
export function environment(changes = {}) {
  return {
    NEXT_TELEMETRY_DISABLED: '1',
    ...process.env,
    PATH: `${binaries}${delimiter}${process.env.PATH}`,
    ...changes,
  };
}

/** Runs a command to its end with our input and output; ends this process with its code where it fails. */
export function run(command, args, changes = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: environment(changes),
    shell: process.platform === 'win32',
  });
  if (error) fail(`${command} could not be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** @returns {never} */
export function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
