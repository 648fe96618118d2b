import { z } from 'zod';
import { type Failure, fail } from '#lib/result.ts';

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

/** Whether the sign-in library says that a link was used or is too old: by its own word, as class names are minified. */
export function isSpentLink(error: Error): boolean {
  return 'type' in error && error.type === 'Verification';
}

export function wrongCode(): Failure<'wrong'> {
  const message = 'This code is wrong, or was used already. Wait for the next one, or look again.';
  return fail('wrong', message, { code: message });
}

/** A name for a passkey, as its owner gives it. */
export const passkeyName = z
  .string()
  .trim()
  .min(1, 'Write a name, such as “Laptop” or “Key on the ring”.')
  .max(60, 'A name may have 60 characters at most.');

/** What browser on what system, in plain words, as far as it tells. Only for people to know their own sessions by. */
export function deviceOf(userAgent: string | null): string {
  const told = userAgent ?? '';
  const browser = browsers.find(([sign]) => sign.test(told))?.[1];
  const system = systems.find(([sign]) => sign.test(told))?.[1];
  if (!browser && !system) return 'An unknown device';
  return [browser ?? 'A browser', system].filter(Boolean).join(' on ');
}

// In this order: most pretend to be one of those below.
const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];
