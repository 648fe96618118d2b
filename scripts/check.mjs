import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, run, say } from './install.mjs';

/** The fast part of the tests: everything that needs neither database nor browser. */
export function check() {
  step('Format, lint, boundaries', 'biome', ['check', '--error-on-warnings', '.']);
  step('Route types', 'next', ['typegen']);
  step('Types', 'tsc', ['--noEmit']);
  step('Unused code', 'knip', []);
  vitest('Unit tests', 'unit');
}

/** Runs one step, says how long it took, and ends everything where it fails. */
function step(name, command, args, environment) {
  const began = Date.now();
  say(`\n— ${name}`);
  run(command, args, environment);
  say(`— ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Runs one of Vitest's projects as a step. */
export function vitest(name, project) {
  counting((report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    step(name, 'vitest', ['run', '--project', project, ...reporters]);
    return ({ numPassedTests, numPendingTests }) => [numPassedTests, numPendingTests];
  });
}

/** Runs the browser journeys as a step. */
export function playwright(name, environment) {
  counting((report) => {
    const reporting = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    step(name, 'playwright', ['test', '--reporter=list,json'], { ...environment, ...reporting });
    return ({ stats }) => [stats.expected + stats.flaky, stats.skipped];
  });
}

/** How many tests of this run have passed; one that fails ends it. In the form that other tools read. */
export function summary() {
  return `${passed} passed, 0 failed, ${skipped} skipped`;
}

let passed = 0;
let skipped = 0;

/** Adds up what a step's report, which `work` has written, tells of its tests. */
function counting(work) {
  const folder = mkdtempSync(join(tmpdir(), 'broadside-report-'));
  const report = join(folder, 'report.json');
  const read = work(report);
  const [more, left] = read(JSON.parse(readFileSync(report, 'utf8')));
  rmSync(folder, { recursive: true });
  passed += more;
  skipped += left;
}

if (process.argv[1]?.endsWith('check.mjs')) {
  install();
  check();
  say(summary());
}
