import type { Settings } from '#lib/env.ts';
import type { Headers } from './answer.ts';

/** What every answer carries, whoever gives it, unless it says otherwise. */
export function commonHeaders({ siteUrl }: Settings): Headers {
  return [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'strict-origin-when-cross-origin'],
    ['content-security-policy', barePolicy],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()'],
    ...(siteUrl.startsWith('https:')
      ? [['strict-transport-security', 'max-age=31536000'] as const]
      : []),
  ];
}

/** These, and what an answer says of its own instead. */
export function withOwn(common: Headers, own: Headers): Headers {
  const names = new Set(own.map(([name]) => name));
  return [...common.filter(([name]) => !names.has(name)), ...own];
}

const ends = ["base-uri 'none'", "frame-ancestors 'none'"];

/** What isn't a page uses nothing, should a browser take it for one. */
const barePolicy = ["default-src 'none'", ...ends].join('; ');

/** What may be looked at by itself, but brings its own styles, as drawings do. */
export const filePolicy = ["default-src 'none'", "style-src 'unsafe-inline'", ...ends].join('; ');

/** What a page for readers may use: this site's files alone, and nothing that stands inline. */
export const readersPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  // Auditors fetch robots.txt from within the page.
  "connect-src 'self'",
  "form-action 'self'",
  ...ends,
].join('; ');

/**
 * What a page that Next draws in the browser may use: scripts that carry this answer's nonce, and what those load. Its
 * parts set their own style attributes. `form-action` names Stripe, since a form that starts a purchase is redirected
 * there and browsers hold the whole chain against the list; `formTargets` are the local stand-in's origins.
 */
export function appPolicy(nonce: string, { mode }: Settings, formTargets: string[]): string {
  const inDevelopment = mode === 'development';
  return [
    "default-src 'none'",
    inDevelopment
      ? "script-src 'self' 'unsafe-inline' 'unsafe-eval'"
      : `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    inDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${inDevelopment ? ' ws:' : ''}`,
    "manifest-src 'self'",
    `form-action 'self' https://checkout.stripe.com ${formTargets.join(' ')}`.trim(),
    ...ends,
  ].join('; ');
}
