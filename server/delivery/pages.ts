import type { Lead } from '#lib/redirects/queries.ts';
import { countCache } from '../watch/counters.ts';
import { type Answer, answerOf, bytesOf, type Headers } from './answer.ts';
import { readersDocument } from './document.ts';
import type { Render, Rendered } from './render.ts';
import { instant, TaggedStore } from './store.ts';

/** What stands at an address. */
export type Found =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'moved'; status: number; location: string }
  | { kind: 'nowhere' }
  | { kind: 'broken' };

type Made = {
  found: Found;
  tags: Iterable<string>;
  /** It is what was asked for, so that others who asked the same may have it, now and later. */
  fits: boolean;
};

/** What is kept at a place, and how it is had where nothing is. */
export type Shelf = { kept: Found | undefined; make: () => Promise<Found> };

export type Pages = ReturnType<typeof keepPages>;

/** An address that no route answers: what Next says there, it says whole. */
export const nowhere = '/_closed';
/** The one name for which `next.config.js` has Next wait for the whole page. */
export const wholePage = 'broadside-whole-page';
/** For addresses that lead nowhere or elsewhere: strangers can make up any number of them. */
const strangeBytes = 2 * 1024 * 1024;
/** How long browsers and proxies keep what is not final: until they have asked again, or a while. */
export const asked = 'public, max-age=0, must-revalidate';
const anHour = 'public, max-age=3600';
/** What comes to more in memory is sent, but not kept. */
const largestBytes = 16 * 1024 * 1024;

/**
 * Keeps finished answers: each public page once for strangers and once for each standing that a signed-in reader can
 * have, and every public file. Who asks for what is being made waits for it instead of having it made again.
 */
export function keepPages({
  render,
  leadOf,
  maxBytes,
  headers,
}: {
  render: Render;
  leadOf: (path: string) => Promise<Lead>;
  maxBytes: number;
  headers: { page: Headers; personal: Headers; file: Headers };
}) {
  const kept = new TaggedStore<Found>(maxBytes, largestBytes);
  const strange = new TaggedStore<Found>(strangeBytes);
  const making = new Map<string, { begun: number; made: Promise<Made & { fresh: boolean }> }>();

  const look = (key: string) => kept.get(key) ?? strange.get(key);

  /** What is kept under `key`, and how it is had where nothing is. */
  function at(key: string, make: () => Promise<Made>): Shelf {
    return { kept: look(key), make: () => find(key, make) };
  }

  /**
   * What is kept under `key`, or what `make` brings. Nobody gets what was out of date when they asked: a making that began
   * before then counts only if nothing that it shows has expired meanwhile.
   */
  async function find(key: string, make: () => Promise<Made>): Promise<Found> {
    const asked = instant();
    for (let again = false; ; again = true) {
      const ready = look(key);
      if (ready) return ready;
      const other = making.get(key);
      countCache(again ? 'stale_retry' : other ? 'joined' : 'miss');
      if (!other) return (await begin(key, make)).found;
      const { found, fits, fresh } = await other.made;
      if (fits && (fresh || other.begun >= asked)) return found;
    }
  }

  function begin(key: string, make: () => Promise<Made>): Promise<Made> {
    const begun = instant();
    const made = make()
      .then((result) => {
        const { found, tags, fits } = result;
        const store = found.kind === 'answer' ? kept : strange;
        const bytes = found.kind === 'answer' ? bytesOf(found.answer) : 300;
        const keeps = fits && found.kind !== 'broken';
        return { ...result, fresh: keeps && store.put(key, found, { begun, tags, bytes }) };
      })
      .finally(() => making.delete(key));
    making.set(key, { begun, made });
    return made;
  }

  /** What is found where no page is: the way to where it went, if it is redirected. */
  async function led(found: Found, path: string, tags: Set<string>): Promise<Found> {
    if (found.kind !== 'nowhere') return found;
    const lead = await leadOf(path.replace(/(.)\/$/, '$1'));
    for (const tag of lead.tags) tags.add(tag);
    return lead.location ? { kind: 'moved', status: 308, location: lead.location } : found;
  }

  return {
    /** What is kept for strangers at this address, if it is there already. */
    ready(path: string): Answer | undefined {
      // Twins are kept under names that are no address, however somebody may write one.
      const found = path.startsWith('/') ? kept.get(path) : undefined;
      return found?.kind === 'answer' ? found.answer : undefined;
    },

    /** A public page as strangers get it. */
    page(path: string): Shelf {
      return at(path, async () => {
        const rendered = await render(addressOf(path), {});
        const { found } = await pageIn(rendered, headers.page);
        const { tags } = rendered;
        return { found: await led(found, path, tags), tags, fits: true };
      });
    },

    /**
     * The page for readers of one standing, made for the one who asks with this session cookie. Next decides for itself
     * for whom it makes it, and says so in the page: one that turns out to be another's is sent, but neither kept nor
     * given to those who wait.
     */
    twin(path: string, variant: string, cookie: string): Shelf {
      const stranger = strange.get(path);
      if (stranger) return { kept: stranger, make: () => Promise.resolve(stranger) };
      return at(`${variant} ${path}`, async () => {
        const address = `/member${path === '/' ? '' : addressOf(path)}`;
        const rendered = await render(address, { cookie, 'user-agent': wholePage });
        const page = await pageIn(rendered, headers.personal);
        const fits = page.found.kind !== 'answer' || page.variant === variant;
        const { tags } = rendered;
        return { found: await led(page.found, path, tags), tags, fits };
      });
    },

    /** An address that no route answers: nothing is rendered for it, and only a way elsewhere is kept. */
    lost(path: string): Shelf {
      return at(`lost ${path}`, async () => {
        const tags = new Set<string>();
        const nothing: Found = { kind: 'nowhere' };
        // While the database is away nothing is there.
        const found = await led(nothing, path, tags).catch(() => nothing);
        return { found, tags, fits: found.kind === 'moved' };
      });
    },

    /** A file of the site, the same for everybody. One that is neither fixed, tagged nor final is sent, but not kept. */
    file(path: string, fixed: boolean): Shelf {
      return at(path, async () => {
        const { status, headers: given, body, tags } = await render(addressOf(path), {});
        if (status !== 200) return { found: strangeness(status, given), tags, fits: true };
        const type = given['content-type'] ?? 'application/octet-stream';
        const said = given['cache-control'] ?? '';
        const final = said.includes('immutable');
        // What Next says of its own cache would hold for those of others.
        const lasts = final ? said : fixed ? anHour : tags.size > 0 ? asked : said || asked;
        const own = [['content-type', type] as const, ['cache-control', lasts] as const];
        const answer = answerOf(200, [...headers.file, ...own], body);
        const fits = final || fixed || tags.size > 0;
        return { found: { kind: 'answer', answer }, tags, fits };
      });
    },

    /** The page for what isn't there, kept like every other. */
    missing(): Promise<Found> {
      return find(nowhere, async () => {
        const { status, body, tags } = await render(nowhere, {});
        if (status !== 404) return { found: { kind: 'broken' }, tags, fits: true };
        const { html } = await readersDocument(body);
        const answer = answerOf(404, [...headers.page, contentType], html);
        return { found: { kind: 'answer', answer }, tags, fits: true };
      });
    },

    /** Drops what stands under these tags, and what is being made under them, at once. */
    expire(tags: string[]): void {
      kept.expire(tags);
      strange.expire(tags);
    },

    state: () => ({
      entries: kept.size + strange.size,
      bytes: kept.bytes + strange.bytes,
    }),
  };
}

/** The address of a decoded path: what would begin a query in it is part of a name. */
function addressOf(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}

const contentType = ['content-type', 'text/html; charset=utf-8'] as const;

async function pageIn(
  { status, headers: given, body }: Rendered,
  headers: Headers,
): Promise<{ found: Found; variant: string | null }> {
  if (status !== 200) return { found: strangeness(status, given), variant: null };
  const { html, variant } = await readersDocument(body);
  return {
    found: { kind: 'answer', answer: answerOf(200, [...headers, contentType], html) },
    variant,
  };
}

function strangeness(status: number, headers: Rendered['headers']): Found {
  if (status === 404) return { kind: 'nowhere' };
  if (status > 300 && status < 400 && headers['location']) {
    return { kind: 'moved', status, location: headers['location'] };
  }
  return { kind: 'broken' };
}
