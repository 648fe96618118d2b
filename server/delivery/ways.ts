import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Subject } from '#lib/reading/variant.ts';
import { slugMaxLength } from '#lib/slug.ts';

/** What an address is, and how it is answered. */
export type Way =
  /** A public page: kept, once for each kind of reader, without scripts. */
  | { kind: 'page'; path: string; subject: Subject }
  /** The same bytes for everybody: kept. `fixed` ones come with the build. */
  | { kind: 'file'; path: string; fixed: boolean }
  /** A public page that is made for each request: not kept, without scripts. */
  | { kind: 'search' }
  /** What is not published, for who has the link: made for each request and kept nowhere, without scripts. */
  | { kind: 'preview' }
  /** What is somebody's own, or an action: Next's alone. */
  | { kind: 'app' }
  /** Nothing is there, but what once was may be redirected; `null`: an address that is nobody's to give. */
  | { kind: 'nowhere'; path: string | null };

const lists =
  /^\/(?:|issues|subscribe|archive\/[^/]+|sections\/[^/]+|contributors\/[^/]+|topics\/[^/]+|series\/[^/]+)$/;
const things = /^\/(articles|issues)\/([^/]+)$/;
const files =
  /^\/(?:feed\.xml|sitemap\.xml|robots\.txt|og\/articles\/[^/]+|colours\/[^/]+|media\/[^/]+\/[^/]+|_next\/static\/.+)$/;
const built = /^\/(?:icon\.svg|speculation\.json)$/;
const previews = /^\/preview\/[^/]+(?:\/[^/]+)?$/;
const longestPath = '/contributors/'.length + slugMaxLength;
/** Nothing longer is redirected. */
const longestRedirected = 1_000;

/**
 * Tells of a path what it is. `path` is decoded, its slashes single: what is closed and what is public is looked for in
 * this one form of an address.
 */
export function wayOf(path: string, site: Site): Way {
  // Dots that were written as `%2f..` would be walked only later, and out of a public folder.
  if (/\/\.{1,2}(?:\/|$)/.test(path)) return closed;
  if (path === '/member' || path.startsWith('/member/')) return closed;
  if (path === '/search') return { kind: 'search' };
  if (previews.test(path)) return { kind: 'preview' };
  const [, kind, slug = ''] = things.exec(path) ?? [];
  if (kind || lists.test(path)) {
    if (path.length > longestPath) return closed;
    const subject: Subject =
      kind === 'articles'
        ? { kind: 'article', slug }
        : kind === 'issues'
          ? { kind: 'issue', slug }
          : path === '/'
            ? { kind: 'home' }
            : { kind: 'list' };
    return { kind: 'page', path, subject };
  }
  if (site.files.has(path) || built.test(path)) return { kind: 'file', path, fixed: true };
  if (files.test(path)) return { kind: 'file', path, fixed: false };
  if (site.routes.some((route) => route.test(path))) return { kind: 'app' };
  return path.length > longestRedirected ? closed : { kind: 'nowhere', path };
}

const closed: Way = { kind: 'nowhere', path: null };

/** The addresses that there are at all, so that made-up ones cost nothing. */
export type Site = { routes: RegExp[]; files: Set<string> };

/** Asks the build for its routes and for its word by which pages are made anew, and `public/` for its files. */
export function readBuild(root: string): { site: Site; revalidate: string } {
  const read = <T>(name: string): T =>
    JSON.parse(readFileSync(join(root, '.next', name), 'utf8')) as T;
  const { staticRoutes, dynamicRoutes } = read<RoutesManifest>('routes-manifest.json');
  const { preview } = read<PrerenderManifest>('prerender-manifest.json');
  const files = readdirSync(join(root, 'public')).map((name) => `/${name}`);
  const routes = [...staticRoutes, ...dynamicRoutes].map(({ regex }) => new RegExp(regex));
  return { site: { routes, files: new Set(files) }, revalidate: preview.previewModeId };
}

type RoutesManifest = Record<'staticRoutes' | 'dynamicRoutes', { regex: string }[]>;
type PrerenderManifest = { preview: { previewModeId: string } };
