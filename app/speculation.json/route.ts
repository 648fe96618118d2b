/** The public pages that are the same for all: asking for one ahead costs nobody anything and changes nothing. */
const publicPages = [
  '/',
  '/issues',
  '/subscribe',
  '/archive/:year',
  '/(articles|issues|sections|contributors|topics|series)/:slug',
];

const links = {
  and: [
    { href_matches: publicPages },
    { not: { selector_matches: '[rel~="nofollow"], [download]' } },
  ],
};

/**
 * Tells browsers, by the header `Speculation-Rules`, which pages of this site to fetch when a link to one is pointed at,
 * and to render when it is pressed. https://html.spec.whatwg.org/multipage/speculative-loading.html
 */
export function GET() {
  return new Response(
    JSON.stringify({
      prefetch: [{ where: links, eagerness: 'moderate' }],
      prerender: [{ where: links, eagerness: 'conservative' }],
    }),
    { headers: { 'content-type': 'application/speculationrules+json' } },
  );
}
