import { bylineText } from '#components/article/byline.tsx';
import { getFeed } from '#lib/reading/lists.ts';
import { getSite } from '#lib/reading/site.ts';

/** The feed, in Atom (RFC 4287). */
export async function GET() {
  const [site, cards] = await Promise.all([getSite(), getFeed()]);
  if (!site) return new Response('Not found', { status: 404 });
  const { publication, origin } = site;
  const updated = cards[0]?.publishedAt.toISOString() ?? '1970-01-01T00:00:00.000Z';
  const entries = cards.map(
    (card) => `
  <entry>
    <id>${xml(`${origin}/articles/${card.slug}`)}</id>
    <title>${xml(card.title)}</title>
    <link href="${xml(`${origin}/articles/${card.slug}`)}"/>
    <published>${card.publishedAt.toISOString()}</published>
    <updated>${card.publishedAt.toISOString()}</updated>
    <author><name>${xml(bylineText(card.bylines) || publication.name)}</name></author>
    <summary>${xml(card.standfirst)}</summary>
  </entry>`,
  );
  const feed = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(publication.language)}">
  <id>${xml(`${origin}/`)}</id>
  <title>${xml(publication.name)}</title>
  <subtitle>${xml(publication.tagline)}</subtitle>
  <link href="${xml(`${origin}/`)}"/>
  <link rel="self" href="${xml(`${origin}/feed.xml`)}"/>
  <updated>${updated}</updated>${entries.join('')}
</feed>
`;
  return new Response(feed, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } });
}

/** Escapes text for XML and drops the control characters that XML 1.0 forbids. */
function xml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is dropped
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
