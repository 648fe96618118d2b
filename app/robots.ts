import type { MetadataRoute } from 'next';
import { getSite } from '#lib/reading/site.ts';

export default async function robots(): Promise<MetadataRoute.Robots> {
  const site = await getSite();
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: ['/account', '/api/', '/checkout/', '/dashboard', '/search', '/sign-in'],
    },
    ...(site ? { sitemap: `${site.origin}/sitemap.xml` } : {}),
  };
}
