import { describe, expect, test } from 'vitest';
import { GET } from './route.ts';

const site = 'https://magazine.example';

/** Whether a link to `address` is one that browsers may ask for ahead. */
async function isAskedAhead(address: string): Promise<boolean> {
  const { prefetch } = await GET().json();
  const patterns: string[] = prefetch[0].where.and[0].href_matches;
  return patterns.some((pattern) => new URLPattern(pattern, site).test(address, site));
}

describe('what browsers ask for before a link is pressed', () => {
  test.each([
    '/',
    '/issues',
    '/archive/1987',
    '/issues/night-work',
    '/articles/indoors',
    '/articles/indoors#note-1',
    '/sections/reportage',
    '/contributors/ann',
    '/topics/rivers',
    '/series/the-river',
    '/subscribe',
  ])('is the public page %s', async (address) => {
    expect(await isAskedAhead(address)).toBe(true);
  });

  test.each([
    '/sign-in?next=%2F',
    '/sign-out',
    '/account',
    '/account/orders/1001',
    '/dashboard/articles',
    '/checkout/thanks?session=1',
    '/issues/night-work/buy',
    '/api/health',
    '/dev/mailbox',
    '/member/issues/night-work',
    '/search?q=tern',
    '/feed.xml',
    'https://elsewhere.example/articles/indoors',
  ])('is never %s', async (address) => {
    expect(await isAskedAhead(address)).toBe(false);
  });

  test('comes in the one type that browsers take', () => {
    expect(GET().headers.get('content-type')).toBe('application/speculationrules+json');
  });
});
