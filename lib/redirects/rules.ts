import { fail, ok, type Result } from '#lib/result.ts';

/** Two columns as somebody entered them: where readers come, and where they are sent. */
export type RedirectPair = { from: string; to: string };

export type Refused = RedirectPair & { why: string };

/** Rows to write, by the path that is redirected, and what is refused with its reason. */
export type RedirectPlan = { changes: Map<string, string>; added: number; refused: Refused[] };

const longestPath = 1_000;
const longestTarget = 2_000;

/** Addresses that the site itself answers whatever is published: a redirect there would never be looked up. */
const ownPages = new Set([
  ...['/', '/issues', '/subscribe', '/search', '/account', '/sign-in', '/dashboard', '/member'],
  ...['/feed.xml', '/sitemap.xml', '/robots.txt', '/icon.svg', '/speculation.json', '/site.js'],
]);
const ownFolders =
  /^\/(?:_next|account|api|archive|checkout|colours|dashboard|dev|media|member|og|preview|sign-in)\/|^\/issues\/[^/]+\/./;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const unwritten = /[\u0000-\u001f\u007f\\]/;

/**
 * The path that an entered address stands for, as the site compares paths: decoded, its slashes single, none at its end,
 * without query. An address of the site itself (`origin`) may be written whole.
 */
export function fromPath(text: string, origin: string): Result<string, 'invalid'> {
  const path = pathOf(withoutOrigin(text.trim(), origin));
  if (path === null || !text.trim()) {
    return fail('invalid', 'Write a path of this site, as in /about-us.');
  }
  if (path.length > longestPath) {
    return fail('invalid', `A path may have ${longestPath} characters at most.`);
  }
  if (ownPages.has(path) || ownFolders.test(path)) {
    return fail('invalid', 'The site itself needs this address.');
  }
  return ok(path);
}

/** Where to, as it is sent in a `Location`: a path of this site with query and fragment, or a whole https address. */
export function targetAddress(text: string, origin: string): Result<string, 'invalid'> {
  const target = withoutOrigin(text.trim(), origin);
  const wrong = () => fail('invalid', 'Write a path, as in /issues, or an https address.');
  if (!target || target.length > longestTarget || unwritten.test(target)) return wrong();
  if (/^\/(?!\/)/.test(target)) {
    const url = URL.parse(target, 'https://site.invalid');
    if (!url || pathOf(target) === null) return wrong();
    return ok(url.pathname.replace(/(.)\/$/, '$1') + url.search + url.hash);
  }
  const url = /^https:\/\//i.test(target) ? URL.parse(target) : null;
  if (!url || url.username || url.password) return wrong();
  return ok(url.href);
}

/**
 * The path of a target that lies on this site, decoded for comparison with what is redirected; `null` for one elsewhere
 * or one that can't be read.
 */
export function pathOf(target: string): string | null {
  const bare = target.replace(/[?#].*$/s, '');
  if (!/^\/(?!\/)/.test(target) || unwritten.test(bare)) return null;
  let path: string;
  try {
    path = decodeURIComponent(bare);
  } catch {
    return null;
  }
  if (unwritten.test(path) || /\/\.{1,2}(?:\/|$)/.test(path)) return null;
  return path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}

/**
 * Adds redirects one after the other to those there are, so that no chain and no loop comes to be: who leads to an
 * address that is redirected is led on to its target, at either end. `present` has to hold every row that starts or ends
 * at one of these addresses; `isLive` says whether a page stands at a path. Pairs are cleaned already.
 */
export function planRedirects(
  pairs: readonly RedirectPair[],
  present: ReadonlyMap<string, string>,
  isLive: (path: string) => boolean,
): RedirectPlan {
  const plan: RedirectPlan = { changes: new Map(), added: 0, refused: [] };
  const known = new Map(present);
  const leadingTo = Map.groupBy(known.keys(), (from) => pathOf(known.get(from) ?? '') ?? '');
  const set = (from: string, to: string) => {
    known.set(from, to);
    plan.changes.set(from, to);
    const path = pathOf(to);
    if (path) leadingTo.set(path, [...(leadingTo.get(path) ?? []), from]);
  };
  for (const pair of pairs) {
    const { from } = pair;
    const to = known.get(pathOf(pair.to) ?? '') ?? pair.to;
    const before = known.get(from);
    const refuse = (why: string) => plan.refused.push({ ...pair, why });
    if (before === to) continue;
    if (pathOf(to) === from) refuse('This would lead in a circle.');
    else if (before) refuse(`It leads to ${before} already.`);
    else if (isLive(from)) refuse('A page stands at this address.');
    else {
      plan.added += 1;
      const behind = leadingTo.get(from) ?? [];
      leadingTo.delete(from);
      set(from, to);
      for (const other of behind) set(other, to);
    }
  }
  return plan;
}

/** An address of this site that was written whole, as its path. */
function withoutOrigin(text: string, origin: string): string {
  if (text === origin) return '/';
  return text.startsWith(`${origin}/`) ? text.slice(origin.length) : text;
}
