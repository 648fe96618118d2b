import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

/*
 * The browser journeys, on one real Broadside with the demo's magazine: production build, its own database, worker,
 * mailbox and Stripe stand-in, on an empty data folder. Each journey brings people of its own, so they don't meet.
 */

const chromium = process.env.BROADSIDE_CHROMIUM;
const port = process.env.E2E_PORT ?? '3210';
const origin = `http://localhost:${port}`;

export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'people', testMatch: 'people.setup.ts' },
    {
      name: 'journeys',
      testMatch: '*.spec.ts',
      testIgnore: 'office-site.spec.ts',
      dependencies: ['people'],
    },
    // What changes every page for everybody, menus and colours, comes after those who read them, one after the other.
    {
      name: 'site',
      testMatch: 'office-site.spec.ts',
      dependencies: ['journeys'],
      fullyParallel: false,
    },
  ],
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  webServer: {
    command: 'node server/main.ts',
    url: `${origin}/api/health`,
    timeout: 180_000,
    // While a journey is being written, it can run against a Broadside that is there already.
    reuseExistingServer: Boolean(process.env.E2E_REUSE),
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    stdout: 'pipe',
    env: {
      BROADSIDE_MODE: 'demo',
      NODE_ENV: 'production',
      PORT: port,
      DATA_DIR: process.env.E2E_DATA ?? resolve('.data/e2e'),
      // Each journey comes from a network address of its own, so that no rate limit of one is another's.
      TRUSTED_PROXY_HOPS: '1',
      LOG_LEVEL: 'warn',
      // The next port is the stand-in's.
      METRICS_PORT: String(Number(port) + 2),
    },
  },
  use: {
    baseURL: origin,
    browserName: 'chromium',
    locale: 'en-GB',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      // Chromium's own sandbox doesn't work for root; the pages are ours.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
