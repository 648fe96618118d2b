/** What must not be asked for before a reader presses it: it is somebody's own, costs a purchase's work, or is a file. */
const neverAhead = [
  '/sign-in',
  '/sign-in/*',
  '/sign-out',
  '/account',
  '/account/*',
  '/member',
  '/member/*',
  '/dashboard',
  '/dashboard/*',
  '/checkout',
  '/checkout/*',
  '/issues/*/buy',
  '/search',
  '/api/*',
  '/dev/*',
  '/media/*',
  '/og/*',
  '/_next/*',
  '/*.*',
];

const readable = {
  and: [
    { href_matches: '/*' },
    ...neverAhead.map((path) => ({ not: { href_matches: `${path}\\?*` } })),
    ...neverAhead.map((path) => ({ not: { href_matches: path } })),
    { not: { selector_matches: '[rel~="nofollow"], [rel~="external"], [download], [target]' } },
  ],
};

/**
 * Tells browsers, by the header `Speculation-Rules`, which pages of this site to fetch when a link is pointed at, and to
 * render when it is pressed. https://developer.mozilla.org/docs/Web/API/Speculation_Rules_API
 */
export function GET() {
  return new Response(
    JSON.stringify({
      prefetch: [{ where: readable, eagerness: 'moderate' }],
      prerender: [{ where: readable, eagerness: 'conservative' }],
    }),
    { headers: { 'content-type': 'application/speculationrules+json' } },
  );
}
