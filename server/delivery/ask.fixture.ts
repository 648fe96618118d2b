import { globSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import inject, { type InjectOptions, type Response } from 'light-my-request';
import { pino } from 'pino';
import { readSettings } from '#lib/env.ts';
import { noteTags } from '#lib/pages.ts';
import { type DeliveryOptions, delivery } from './deliver.ts';
import type { Site } from './ways.ts';

export type Seen = { url: string; headers: Record<string, unknown> };

export const settings = {
  ...readSettings({ BROADSIDE_MODE: 'test' }),
  siteUrl: 'https://magazine.example',
};

/** The cookie of somebody who is signed in, as browsers send it to `settings.siteUrl`. */
export const session = { cookie: 'a=b; __Secure-authjs.session-token=abc' };

/** The word by which the build of these tests lets its pages be made anew. */
export const revalidate = 'the-word';

/** Gives no Next yet. */
export const starting = { next: () => null };

/** A Next that sends everybody elsewhere. */
export const moved: RequestListener = (_, response) => {
  noteTags(['everything']);
  response.writeHead(308, { location: '/articles/y' });
  response.end();
};

/** A Next that fails. */
export const broken: RequestListener = (_, response) => {
  response.writeHead(500, { 'content-type': 'text/html' });
  response.end('Next says why');
};

export const mailbox = (url: URL) =>
  url.pathname === '/dev/mailbox' ? { type: 'text/html', body: `to ${url.search}` } : null;

export const megabytes = (count: number) => String(count * 1024 * 1024);

/** A path for each page in a folder of `app/`, such as `/issues/a-name` for `issues/[slug]/page.tsx`. */
export function pagesIn(folder: string): string[] {
  return addressesIn(folder, 'page.tsx').map((path) => path.replace(/\[\w+\]/g, 'a-name'));
}

/**
 * A site whose Next notes what it was asked for, and says in each page what it was asked for and, in a twin, that it was
 * made for the `variant` that everybody signed in gets here. `raw` is an address as it stands.
 */
export function aSite(options: Partial<DeliveryOptions> = {}) {
  const seen: Seen[] = [];
  const logged: Record<string, unknown>[] = [];
  const reads: string[] = [];
  const next = options.next?.() ?? ownNext;
  const { answer, expire, state } = delivery({
    settings,
    build: { site: siteOfApp, revalidate },
    sure: () => null,
    away: () => false,
    variantFor: async () => 'reader.open',
    reads: {
      count: (path) => void reads.push(path),
      countShown: (path) => void reads.push(path),
      flush: async () => {},
      close: async () => {},
    },
    leadOf: async () => ({ location: null, tags: ['everything', 'redirects'] }),
    countSearch: async () => ({ ok: true, value: undefined }),
    countPreview: async () => ({ ok: true, value: undefined }),
    health: async () => ({ status: 'ok', database: 'ok', worker: 'ok' }),
    mailbox: null,
    formTargets: [],
    log: pino({ level: 'warn' }, { write: (line: string) => logged.push(JSON.parse(line)) }),
    ...options,
    next: () =>
      options.next?.() === null
        ? null
        : (asked, response) => {
            seen.push({ url: asked.url ?? '', headers: { ...asked.headers } });
            next(asked, response);
          },
  });
  const ask = ({ raw, ...request }: InjectOptions & { raw?: string } = {}): Promise<Response> =>
    inject(
      (asked, reply) => {
        if (raw !== undefined) asked.url = raw;
        return answer(asked, reply);
      },
      { method: 'GET', url: '/', ...request },
    );
  return { answer, ask, expire, state, seen, logged, reads };
}

/** Asks a new site one thing. */
export async function ask(
  request: InjectOptions & { raw?: string },
  options: Partial<DeliveryOptions> = {},
): Promise<Response & { seen: Seen | undefined }> {
  const site = aSite(options);
  const response = await site.ask(request);
  return Object.assign(response, { seen: site.seen[0] });
}

const ownNext: RequestListener = (asked, response) => {
  noteTags(['everything', asked.url ?? '']);
  response.statusCode = asked.url === '/_closed' ? 404 : 200;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  const variant = asked.url?.startsWith('/member')
    ? '<meta name="broadside-variant" content="reader.open">'
    : '';
  response.end(`${variant}<p>${asked.url} from Next</p><script>next()</script>`);
};

const siteOfApp: Site = {
  routes: ['page.tsx', 'route.ts'].flatMap((name) =>
    addressesIn('.', name).map((path) => {
      const pattern = path.replace(/\[\.\.\.\w+\]/g, '.+?').replace(/\[\w+\]/g, '[^/]+?');
      return new RegExp(`^${pattern === '/' ? '' : pattern}(?:/)?$`);
    }),
  ),
  files: new Set(['/site.js']),
};

function addressesIn(folder: string, name: string): string[] {
  const root = fileURLToPath(new URL(`../../app/${folder}`, import.meta.url));
  return globSync(`**/${name}`, { cwd: root })
    .map((file) => `/${file.replaceAll('\\', '/').slice(0, -name.length).replace(/\/$/, '')}`)
    .map((path) => path.replace(/\/\(\w+\)/g, '') || '/')
    .sort();
}
