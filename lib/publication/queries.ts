import { db } from '#db/client.ts';
import { publication } from '#db/schema/publication.ts';
import type { Publication } from '#lib/publication/rules.ts';

/**
 * The magazine's own data; throws where there is none, since nothing can be shown without it. The banner comes with its
 * days: whoever shows it decides whether today is one of them.
 */
export async function findPublication(): Promise<Publication> {
  const [row] = await db().select().from(publication);
  if (!row) throw new Error('The publication has not been set up: its row is missing');
  const { bannerText: text, bannerFrom: from, bannerUntil: until } = row;
  return {
    name: row.name,
    tagline: row.tagline,
    description: row.description,
    language: row.language,
    email: row.email,
    postalAddress: row.postalAddress,
    currency: row.currency,
    foundedYear: row.foundedYear,
    socialLinks: row.socialLinks,
    timeZone: row.timeZone,
    banner:
      text && from && until
        ? { text, href: row.bannerHref, version: row.bannerVersion, from, until }
        : null,
  };
}
