import { isIP } from 'node:net';

/**
 * Who asks, for rate limits: the socket's address, or, behind `hops` proxies of the operator's own, the address that the
 * outermost of them wrote into X-Forwarded-For. What stands further left in that header anybody may have written.
 * An IPv6 address counts as its /64, since one household has all of it.
 */
export function networkAddress(
  socket: string | undefined,
  forwarded: string | string[] | undefined,
  hops: number,
): string {
  const list = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? ''))
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const claimed = hops > 0 ? (list.at(-hops) ?? list[0]) : undefined;
  return household(claimed && isIP(claimed) ? claimed : (socket ?? 'unknown'));
}

function household(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const groups = [
    ...left,
    ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'),
    ...right,
  ];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
