import { install, run, say } from './install.mjs';

/** The fast part of the tests: everything that needs neither database nor browser. */
export function check() {
  step('Format, lint, boundaries', 'biome', ['check', '--error-on-warnings', '.']);
  step('Route types', 'next', ['typegen']);
  step('Types', 'tsc', ['--noEmit']);
  step('Unused code', 'knip', []);
  step('Unit tests', 'vitest', ['run', '--project', 'unit']);
}

/** Runs one step, says how long it took, and ends everything where it fails. */
export function step(name, command, args, environment) {
  const began = Date.now();
  say(`\n— ${name}`);
  run(command, args, environment);
  say(`— ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

if (process.argv[1]?.endsWith('check.mjs')) {
  install();
  check();
}
