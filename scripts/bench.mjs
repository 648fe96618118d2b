import { spawn, spawnSync } from 'node:child_process';
import { buildIfChanged } from './build.mjs';
import { environment, fail, install, root, say } from './install.mjs';

/*
 * The performance figures. This process and all that asks (wrk, the database, browsers) stay on the second core; the
 * server under test gets the first one to itself. `scripts/bench/main.ts` says what can be asked for.
 */

install();
buildIfChanged();
const has = (command, argument) => !spawnSync(command, [argument], { stdio: 'ignore' }).error;
if (!has('taskset', '--version')) {
  fail('The figures need each server pinned to a core: apt-get install util-linux (Linux only).');
}
const missing = [
  has('wrk', '--version') ? null : 'wrk',
  has('nginx', '-v') ? null : 'nginx',
].filter(Boolean);
if (missing.length > 0) {
  say(`Left out for want of ${missing.join(' and ')}: apt-get install ${missing.join(' ')}`);
}
const bench = spawn(
  'taskset',
  ['-c', '1', 'node', 'scripts/bench/main.ts', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: environment({
      NODE_ENV: 'production',
      BROADSIDE_MODE: 'demo',
      BENCH_MISSING: missing.join(' '),
    }),
  },
);
// The bench stops what it started; this process only waits for it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => bench.kill('SIGTERM'));
bench.on('exit', (code) => process.exit(code ?? 1));
