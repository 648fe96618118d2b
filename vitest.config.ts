import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    env: {
      BROADSIDE_MODE: 'test',
      LOG_LEVEL: 'silent',
      STRIPE_SECRET_KEY: 'sk_test_broadside',
      TZ: 'UTC',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,components,lib,db,dev,server,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['{lib,db,server}/**/*.db.test.ts'],
          globalSetup: './db/test-server.ts',
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          // Needs a build, and is a step of its own.
          name: 'instances',
          include: ['e2e/instances/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
