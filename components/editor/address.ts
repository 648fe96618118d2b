import { isSafeHref } from '#lib/articles/body-nodes.ts';

export const addressRefusal =
  'That is no address to link to. Use one that begins with https://, http:// or mailto:, a path like /issues, or an #anchor.';

/**
 * The address that was meant: as it was typed if it may be linked to, with `https://` or `mailto:` before it if only that
 * was missing. `null` for everything else, `javascript:` included.
 */
export function addressFrom(typed: string): string | null {
  const address = typed.trim();
  if (isSafeHref(address)) return address;
  const completed = /^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(address)
    ? `mailto:${address}`
    : /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#].*)?$/u.test(address)
      ? `https://${address}`
      : null;
  return completed && isSafeHref(completed) ? completed : null;
}

export function cardRefusal(value: string): string | null {
  return isSafeHref(value) ? null : addressRefusal;
}
