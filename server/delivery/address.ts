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
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
  const groups = groupsOf(plain);
  const [sixth = 0, seventh = 0, eighth = 0] = groups.slice(5);
  if (groups.slice(0, 5).every((group) => group === 0) && sixth === 0xffff) {
    return [seventh >> 8, seventh & 255, eighth >> 8, eighth & 255].join('.');
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight numbers of an IPv6 address, of which URLs know every spelling. */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [left = [], right = []] = [head, tail].map((part) => part.split(':').filter(Boolean));
  const between = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...between, ...right].map((group) => Number.parseInt(group, 16));
}
