import type { MetadataRoute } from 'next';
import { getSitemap } from '#lib/reading/lists.ts';
import { getSite } from '#lib/reading/site.ts';

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const [site, addresses] = await Promise.all([getSite(), getSitemap()]);
  if (!site) return [];
  return addresses.map(({ path, changedAt }) => ({
    url: site.origin + path,
    ...(changedAt ? { lastModified: changedAt } : {}),
  }));
}
