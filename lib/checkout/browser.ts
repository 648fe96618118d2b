import { createHash } from 'node:crypto';
import { newToken } from '#lib/ids.ts';

/** The cookie that binds an order to the browser it was begun in. It holds a random key and nothing else. */
export const browserCookie = 'broadside-checkout';

/** Long enough for a debit that takes days to settle and a reader who comes back to look. */
export const browserCookieSeconds = 60 * 60 * 24 * 30;

export const newBrowserKey = (): string => newToken();

/** What is stored of the key: who reads the table can't take the browser's place. */
export function browserHash(browserKey: string): string {
  return createHash('sha256').update(browserKey).digest('hex');
}

/** Whether a value can be a key of ours. */
export function isBrowserKey(value: string): boolean {
  return /^[\w-]{32}$/.test(value);
}
