import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root, say } from '../install.mjs';
import type { Measured } from './load.ts';

/** Where results and what they need stay. */
export const resultFolder = join(root, '.data', 'bench');

const results: Record<string, unknown> = {};
const failures: string[] = [];
const targets: { name: string; found: string; met: boolean }[] = [];
const started = new Date();

/** Keeps a section's figures for the file that the run leaves. */
export function keep(section: string, figures: unknown): void {
  results[section] = figures;
}

/** Something that could not be measured, or came out wrong: printed at once and again at the end, and the run fails. */
export function failed(what: string): void {
  failures.push(what);
  say(`  FAILED: ${what}`);
}

/** A figure that has to reach something: told at the end, all together. One that is missed makes the run fail. */
export function target(name: string, found: string, met: boolean): void {
  targets.push({ name, found, met });
}

/** Prints rows in columns: names to the left, figures to the right. `names`: how many columns hold names. */
export function table(header: string[], rows: string[][], names = 2): void {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  for (const row of all) {
    const cells = row.map((cell, column) =>
      column < names ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    say(`  ${cells.join('  ')}`.trimEnd());
  }
}

/** The rows of one case: a line a server, each with its ratio to those that it is compared with. */
export function loadRows(name: string, measured: Measured[], against: string[]): string[][] {
  return measured.map(({ who, median, least, most, bytes }) => [
    name,
    who,
    whole(median.perSecond),
    `${whole(least)}–${whole(most)}`,
    median.p50.toFixed(2),
    median.p99.toFixed(2),
    `${percent(median.serverCore)}/${percent(median.otherCore)}`,
    whole(bytes),
    ...against.map((other) => {
      const base = measured.find((one) => one.who === other)?.median.perSecond;
      return base && other !== who ? ratio(median.perSecond / base) : '';
    }),
  ]);
}

export const loadHeader = [
  'case',
  'server',
  'req/s',
  'least–most',
  'p50 ms',
  'p99 ms',
  'cores',
  'bytes',
];

export const whole = (number: number) => Math.round(number).toLocaleString('en');
export const percent = (share: number) => `${Math.round(share * 100)}%`;
export const ratio = (number: number) =>
  Number.isFinite(number) ? `${number.toFixed(number < 10 ? 2 : 1)}×` : '–';

/** Says what was reached and what went wrong, writes `latest.json`, and answers whether all was measured and reached. */
export function finish(options: unknown): boolean {
  mkdirSync(resultFolder, { recursive: true });
  const file = join(resultFolder, 'latest.json');
  const minutes = (Date.now() - started.getTime()) / 60_000;
  const run = { at: started.toISOString(), minutes, machine: machine(), options };
  writeFileSync(file, `${JSON.stringify({ ...run, failures, targets, results }, null, 2)}\n`);
  if (targets.length > 0) {
    say('');
    const rows = targets.map(({ name, found, met }) => [name, met ? 'met' : 'MISSED', found]);
    table(['to reach', '', 'found'], rows);
  }
  say(`\n${failures.length ? 'Not all could be measured:' : 'All was measured.'}`);
  for (const what of failures) say(`  ${what}`);
  say(`${minutes.toFixed(1)} minutes. All figures: ${file}`);
  return failures.length === 0 && targets.every(({ met }) => met);
}

/** The machine and what runs on it. */
export function machine() {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const said = (command: string, args: string[]) => {
    try {
      return execFileSync('sh', ['-c', `${command} ${args.join(' ')} 2>&1 | head -1`], {
        encoding: 'utf8',
      }).trim();
    } catch {
      return 'unknown';
    }
  };
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    next: dependencies.next,
    nginx: said('nginx', ['-v']),
    wrk: said('wrk', ['-v']),
    commit: said('git', ['rev-parse', '--short', 'HEAD']),
  };
}
