import type { IncomingHttpHeaders } from 'node:http';
import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { clock } from '#lib/clock.ts';
import { isShown, quarterOf, type Reads, subjectOf } from '#lib/reads/rules.ts';

/** How often what was counted is written down, in milliseconds. */
const interval = 60_000;
/** So many pages a day are counted apart; what comes on top while the database is away is lost, and said. */
const mostPages = 20_000;
const hasReads = /^\/(?:articles|issues)\/./;
/** Of a longer name only so much is looked at: strangers write it. */
const longestName = 300;

export type ReadCounter = {
  /** Counts an answer with a public page, if a person is likely to read it. Costs about a microsecond. */
  count: (path: string, headers: IncomingHttpHeaders) => void;
  /** The same for a page that came ahead of the click, of which the browser says now that it is shown. */
  countShown: (path: string, headers: IncomingHttpHeaders) => void;
  /** Writes down what was counted; what can't be written is kept for the next time. */
  flush: () => Promise<void>;
  /** Writes down the rest. */
  close: () => Promise<void>;
};

/**
 * Counts how often pages are read, in memory and by address alone: nothing of who reads is looked at twice or kept.
 * `add` writes a batch down, all of it or nothing.
 */
export function readCounter({
  add,
  log,
}: {
  add: (batch: readonly Reads[]) => Promise<void>;
  log: Logger;
}): ReadCounter {
  const robots = new LRUCache<string, boolean>({ max: 1_000 });
  const quarters = new Map<string, Map<string, number>>();
  let now = { ends: 0, pages: new Map<string, number>() };
  let known = 0;
  let lost = 0;
  let flushing: Promise<void> | null = null;

  function isRobot(name: string | undefined): boolean {
    if (!name) return true;
    const read = name.slice(0, longestName);
    let robot = robots.get(read);
    if (robot === undefined) {
      robot = isbot(read);
      robots.set(read, robot);
    }
    return robot;
  }

  function put(pages: Map<string, number>, path: string, count: number): void {
    const before = pages.get(path);
    if (before !== undefined) pages.set(path, before + count);
    else if (known < mostPages) {
      known += 1;
      pages.set(path, count);
    } else lost += count;
  }

  function pagesOf(at: string): Map<string, number> {
    const pages = quarters.get(at) ?? new Map<string, number>();
    quarters.set(at, pages);
    return pages;
  }

  async function writeDown(): Promise<void> {
    const taken = [...quarters];
    quarters.clear();
    now.ends = 0;
    known = 0;
    const batch = taken.flatMap(([at, pages]) =>
      [...pages].flatMap(([path, count]) => {
        const subject = subjectOf(path);
        return subject ? [{ at, ...subject, count }] : [];
      }),
    );
    if (batch.length === 0) return;
    try {
      await add(batch);
      if (lost > 0) log.warn({ lost }, 'Reads of too many pages at once were not counted');
      lost = 0;
    } catch (error) {
      for (const [at, pages] of taken)
        for (const [path, count] of pages) put(pagesOf(at), path, count);
      log.warn({ err: error }, 'Reads could not be written down; they are kept and tried again');
    }
  }

  function flush(): Promise<void> {
    flushing ??= writeDown().finally(() => {
      flushing = null;
    });
    return flushing;
  }

  function countShown(path: string, headers: IncomingHttpHeaders): void {
    if (!hasReads.test(path) || isRobot(headers['user-agent'])) return;
    const instant = clock.now();
    if (instant.getTime() >= now.ends) {
      const { at, ends } = quarterOf(instant);
      now = { ends, pages: pagesOf(at) };
    }
    put(now.pages, path, 1);
  }

  const timer = setInterval(() => void flush(), interval);
  timer.unref();
  return {
    count(path, headers) {
      if (isShown(headers)) countShown(path, headers);
    },
    countShown,
    flush,
    async close() {
      clearInterval(timer);
      // What was counted while a batch was on its way is another one.
      await flushing;
      await flush();
    },
  };
}
