import { z } from 'zod';

/** A sign-in link works for this long. */
export const linkMinutes = 10;

/** What a sign-in form sends. */
export const signInInput = z.object({
  email: z
    .string()
    .trim()
    .max(254, 'This address is too long.')
    .pipe(z.email('Please write an e-mail address, as in name@example.org.')),
});

/**
 * Where to go after signing in: a path of this site, or the library for anything else. Refuses other hosts in all their
 * spellings (`//host`, `/\host`, control characters).
 */
export function safeNext(next: unknown): string {
  const fallback = '/account/library';
  if (typeof next !== 'string' || !next.startsWith('/')) return fallback;
  const base = 'http://site.invalid';
  if (!URL.canParse(next, base)) return fallback;
  const url = new URL(next, base);
  // `/.//host` is read as `//host`, which a browser takes for another site.
  if (url.origin !== base || url.pathname.startsWith('//')) return fallback;
  return url.pathname + url.search;
}

/**
 * A link's token has two halves: one goes out by mail, the other stays in a cookie of the browser that asked. Only both
 * together are the token whose hash is stored, so a link is worth nothing in another browser, and to nobody who reads
 * the mail.
 */
export function wholeToken(mailed: string, kept: string): string {
  return `${mailed}.${kept}`;
}

export function mailedHalf(token: string): string {
  return token.slice(0, token.indexOf('.'));
}
