import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { pool } from '#db/client.ts';
import { expirationsKeptFor, expirationsSince, expiryChannel } from '#db/expiry.ts';
import { advancePages } from '#lib/pages.ts';
import { publicationTags } from '#lib/publication/tags.ts';

/** Under this name an instance listens, and the database knows by it which instances there are. */
const listenerName = 'broadside listening';
/** On this channel an instance says that it has dropped what it was asked to. */
const answerChannel = 'broadside_pages_dropped';
/** Milliseconds between two proofs that the line is alive, and how long the database may take for one. */
const heartbeat = 1_000;
/** Longer than it takes an instance to notice that its line is dead: by then it asks before it serves. */
const patience = 2_500;

export type Expiry = {
  /** Waits until every instance on the database has dropped what was committed before the call. */
  everyInstance: () => Promise<void>;
  /**
   * What is kept may be served: at once while the line to the database stands, and otherwise after one look at what
   * expired. A database that can't be asked changes nothing either, so then, too.
   */
  sure: () => Promise<void> | null;
  /** Whether the database was away when it was last asked. */
  away: () => boolean;
  close: () => Promise<void>;
};

/**
 * Drops in this process what any instance on the database makes out of date. A notification only wakes it; what expired
 * is read from the table, by the horizon of the last look, so that none is missed, whatever happens to the line.
 *
 * @throws what connecting throws, when it is called; later failures are tried again until `close`.
 */
export async function followExpiry({
  url,
  expire,
  log,
}: {
  url: string;
  expire: (tags: string[]) => void;
  log: Logger;
}): Promise<Expiry> {
  const { horizon: first } = await expirationsSince(null);
  let horizon = first;
  let lookedAt = Date.now();
  let seen = new Set<string>();
  let listener: Client | null = null;
  let away = false;
  let closed = false;
  const answers = new Map<string, (pid: number) => void>();

  const drop = (tags: string[]) => {
    advancePages();
    expire(tags);
  };

  /** One look at what expired since the last one. */
  async function look(): Promise<void> {
    const { horizon: now, expirations } = await expirationsSince(horizon);
    const gone = Date.now() - lookedAt > expirationsKeptFor / 2 || BigInt(now) < BigInt(horizon);
    const fresh = expirations.filter(({ id }) => !seen.has(id));
    // Too long away, or another database: nothing that is kept can be trusted.
    if (gone) drop([publicationTags.everything]);
    else if (fresh.length > 0) drop(fresh.flatMap(({ tags }) => tags));
    seen = new Set(expirations.map(({ id }) => id));
    horizon = now;
    lookedAt = Date.now();
  }

  let looking: Promise<void> | null = null;
  let again: Promise<void> | null = null;
  /** Resolves after a look that began after the call. */
  function catchUp(): Promise<void> {
    if (!looking) {
      looking = look().finally(() => {
        looking = null;
      });
      return looking;
    }
    again ??= looking
      .catch(() => {})
      .then(() => {
        again = null;
        return catchUp();
      });
    return again;
  }
}
