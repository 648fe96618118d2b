import type { Settings } from '#lib/env.ts';

/**
 * What every answer carries. `form-action` names Stripe, since a form that starts a purchase is redirected there and
 * browsers hold the whole chain against the list. Scripts and styles come from this site alone; Next writes some of both
 * into its pages, which is why they may stand inline.
 */
export function securityHeaders(
  { siteUrl, mode }: Settings,
  formTargets: string[],
): [name: string, value: string][] {
  const inDevelopment = mode === 'development' ? " 'unsafe-eval'" : '';
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${inDevelopment}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${inDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action 'self' https://checkout.stripe.com ${formTargets.join(' ')}`.trim(),
  ].join('; ');
  return [
    ['content-security-policy', policy],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'strict-origin-when-cross-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=()'],
    ...(siteUrl.startsWith('https:')
      ? [['strict-transport-security', 'max-age=31536000'] as [string, string]]
      : []),
  ];
}
