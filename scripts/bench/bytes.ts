import { type Browser, chromium } from '@playwright/test';
import { findChromium } from '../chromium.mjs';
import { say } from '../install.mjs';
import { urlOf } from './databases.ts';
import { addresses } from './readers.ts';
import { keep, table } from './report.ts';
import { startBroadside } from './servers.ts';

/** Viewports in CSS pixels, with as many device pixels each as is common there. */
const screens = [
  { width: 390, height: 844, deviceScaleFactor: 3 },
  { width: 1440, height: 900, deviceScaleFactor: 1 },
];

const columns = ['Document', 'Stylesheet', 'Font', 'Image', 'Script', 'other'] as const;
type Column = (typeof columns)[number];

/** Bytes over the wire, headers included. */
type Weight = Record<Column, number>;

/** What a reader's first visit costs a real browser, until the page is still: without scrolling, and down to its end. */
export async function bytes(): Promise<void> {
  const { free, issues } = await addresses('demo');
  const server = await startBroadside({ name: 'broadside', databaseUrl: urlOf('demo') });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    // Chromium's own sandbox doesn't work for root; the pages are ours.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const results: Record<string, unknown>[] = [];
  const rows: string[][] = [];
  try {
    for (const [name, path] of [
      ['article', free],
      ['home', '/'],
      ['issue', issues[0] ?? '/issues'],
    ] as const) {
      for (const screen of screens) {
        const { first, scrolled } = await weigh(browser, server.origin + path, screen);
        results.push({ name, screen, first, scrolled });
        rows.push(row(`${name} ${screen.width}`, first), row('  to its end', scrolled));
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  table(['first visit, kB', ...columns.map((name) => name.toLowerCase()), 'all'], rows, 1);
  say('  1 kB is 1,000 bytes. Other: what a browser asks for by itself, prefetched pages.');
  keep('bytes', results);
}

async function weigh(
  browser: Browser,
  url: string,
  { width, height, deviceScaleFactor }: (typeof screens)[number],
): Promise<{ first: Weight; scrolled: Weight }> {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const weight: Weight = { Document: 0, Stylesheet: 0, Font: 0, Image: 0, Script: 0, other: 0 };
  const kinds = new Map<string, Column>();
  devtools.on('Network.responseReceived', ({ requestId, type }) => {
    kinds.set(requestId, columns.find((column) => column === type) ?? 'other');
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    weight[kinds.get(requestId) ?? 'other'] += encodedDataLength;
  });
  await devtools.send('Network.enable');
  await page.goto(url, { waitUntil: 'networkidle' });
  const first = { ...weight };
  for (let at = 0; at < (await page.evaluate(() => document.body.scrollHeight)); at += height) {
    await page.evaluate((top) => scrollTo(0, top), at);
    await page.waitForFunction(picturesInSight);
  }
  await page.waitForLoadState('networkidle');
  await context.close();
  return { first, scrolled: weight };
}

/** Runs in the page: whether all pictures down to the lower edge of the window are there. */
function picturesInSight(): boolean {
  return [...document.images].every(
    (picture) => picture.complete || picture.getBoundingClientRect().top > innerHeight,
  );
}

function row(name: string, weight: Weight): string[] {
  const kilo = (bytes: number) => (bytes / 1_000).toFixed(1);
  const all = columns.reduce((sum, column) => sum + weight[column], 0);
  return [name, ...columns.map((column) => kilo(weight[column])), kilo(all)];
}
