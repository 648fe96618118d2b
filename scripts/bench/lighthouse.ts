import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findChromium } from '../chromium.mjs';
import { say } from '../install.mjs';
import { urlOf } from './databases.ts';
import { folder } from './place.ts';
import { addresses } from './readers.ts';
import { keep, resultFolder, table, target } from './report.ts';
import { startBroadside } from './servers.ts';

const lighthousePackage = 'lighthouse@13.5.0';
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
type Report = {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { score: number | null; title: string }>;
};

const asked = promisify(execFile);

/**
 * Lighthouse's four scores as for a phone. It is too large for everybody's install, so npm fetches it into `.data/bench`
 * when it is asked for; without the registry the section is left out.
 */
export async function lighthouse(): Promise<void> {
  const chrome = findChromium();
  mkdirSync(resultFolder, { recursive: true });
  const run = (args: string[]) =>
    // Both cores: the browser's work is part of the score.
    asked(
      'taskset',
      ['-c', '0,1', 'npm', 'exec', '--yes', `--package=${lighthousePackage}`, '--', ...args],
      {
        timeout: 240_000,
        cwd: resultFolder,
        env: {
          ...process.env,
          CHROME_PATH: chrome,
          npm_config_cache: join(resultFolder, 'npm'),
          npm_config_loglevel: 'error',
        },
      },
    );
  try {
    await run(['lighthouse', '--version']);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[1] : error;
    say(`  Left out: ${lighthousePackage} could not be fetched (${why}).`);
    return;
  }
  const { free, issues } = await addresses('demo');
  const server = await startBroadside({ name: 'broadside', databaseUrl: urlOf('demo') });
  const results: Record<string, unknown> = {};
  const rows: string[][] = [];
  for (const [name, path] of [
    ['article', free],
    ['home', '/'],
    ['issue', issues[0] ?? '/issues'],
  ] as const) {
    const file = join(folder, `lighthouse-${name}.json`);
    await run([
      'lighthouse',
      server.origin + path,
      '--quiet',
      '--output=json',
      `--output-path=${file}`,
      `--only-categories=${categories.join(',')}`,
      '--chrome-flags=--headless=new --no-sandbox',
    ]);
    const report: Report = JSON.parse(readFileSync(file, 'utf8'));
    const scores = categories.map((category) =>
      Math.round((report.categories[category]?.score ?? 0) * 100),
    );
    const wanting = Object.values(report.audits)
      .filter(({ score }) => score !== null && score < 0.9)
      .map(({ title }) => title);
    results[name] = { scores, wanting };
    rows.push([name, ...scores.map(String)]);
    for (const what of wanting) say(`  ${name} falls short: ${what}`);
    target(
      `Lighthouse of ${name} 100`,
      scores.join(' '),
      scores.every((score) => score === 100),
    );
  }
  await server.stop();
  table(['phone', ...categories], rows, 1);
  keep('lighthouse', results);
}
