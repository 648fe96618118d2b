import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { pool } from '#db/client.ts';
import { expirationsKeptFor, expirationsSince, expiryChannel } from '#db/expiry.ts';
import { advancePages } from '#lib/pages.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { countExpiration } from '../watch/counters.ts';

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
  /** Seconds from the beginning of the last change to its pages being dropped here. */
  lag: () => number;
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
  let lag = 0;
  let line: { client: Client; pid: number; since: number } | null = null;
  let away = false;
  /** Until when what is kept is served without a question, since the database answers none. */
  let trustUntil = 0;
  let closed = false;
  const awaited = new Map<string, (pid: number) => void>();

  const drop = (tags: string[]) => {
    countExpiration();
    advancePages();
    expire(tags);
  };

  /** One look at what expired since the last one. */
  async function look(): Promise<void> {
    const { horizon: now, expirations } = await inTime(expirationsSince(horizon)).catch((error) => {
      away = true;
      throw error;
    });
    const gone = Date.now() - lookedAt > expirationsKeptFor / 2 || BigInt(now) < BigInt(horizon);
    const fresh = expirations.filter(({ id }) => !seen.has(id));
    // Too long away, or another database: nothing that is kept can be trusted.
    if (gone) drop([publicationTags.everything]);
    else if (fresh.length > 0) drop(fresh.flatMap(({ tags }) => tags));
    lag = fresh.at(-1)?.age ?? lag;
    seen = new Set(expirations.map(({ id }) => id));
    horizon = now;
    lookedAt = Date.now();
    away = false;
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

  /** Opens the line: from then on notifications come in, and the look that follows brings what came before them. */
  async function open(): Promise<void> {
    const client = new Client({
      connectionString: url,
      application_name: listenerName,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on('error', () => {});
    client.on('end', () => lose(client));
    try {
      await client.connect();
      await client.query(`listen ${expiryChannel}; listen ${answerChannel}`);
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      const pid = rows[0]?.pid ?? 0;
      client.on('notification', ({ channel, payload = '' }) => {
        hear(client, pid, channel, payload).catch((error) => {
          log.warn({ err: error }, 'Expired pages could not be looked up');
          client.end().catch(() => {});
        });
      });
      await catchUp();
      if (!closed) line = { client, pid, since: Date.now() };
    } finally {
      if (line?.client !== client) client.end().catch(() => {});
    }
  }

  function lose(client: Client): void {
    if (line?.client !== client) return;
    line = null;
    if (!closed) log.warn('The line on which expired pages are told broke');
  }

  async function hear(client: Client, pid: number, channel: string, said: string): Promise<void> {
    if (channel === answerChannel) {
      const [token = '', by] = said.split(' ');
      return awaited.get(token)?.(Number(by));
    }
    await catchUp();
    if (said) await client.query('select pg_notify($1, $2)', [answerChannel, `${said} ${pid}`]);
  }

  /** Keeps the line open; a dead one shows within a heartbeat or two, as the database answers nothing on it. */
  async function keepLine(): Promise<void> {
    for (let tries = 0; !closed; ) {
      if (line) {
        tries = 0;
        const { client } = line;
        const alive = client.query('select 1').then(
          () => true,
          () => false,
        );
        const answered = await Promise.race([alive, wait(heartbeat, false, { ref: false })]);
        if (!answered && line?.client === client) {
          lose(client);
          client.end().catch(() => {});
        }
        await wait(heartbeat, undefined, { ref: false });
      } else {
        if (tries > 0) await wait(Math.min(2_000, 100 * 2 ** tries), undefined, { ref: false });
        tries += 1;
        // Where only the line can't be had, what expired is still looked up.
        await open().catch(() => catchUp().catch(() => {}));
      }
    }
  }

  await open();
  void keepLine();

  return {
    async everyInstance() {
      try {
        await catchUp();
        const { rows } = await pool().query<{ pid: number }>(
          `select pid from pg_stat_activity
           where application_name = $1 and datname = current_database() and pid <> $2`,
          [listenerName, line?.pid ?? 0],
        );
        // After a restart of the database an instance may serve for a heartbeat what it could not ask about just before;
        // our own line broke with theirs.
        const settled = wait(line ? Math.max(0, line.since + heartbeat - Date.now()) : heartbeat);
        if (rows.length === 0) return await settled;
        const left = new Set(rows.map(({ pid }) => pid));
        const token = randomUUID();
        const all = new Promise<void>((done) => {
          awaited.set(token, (pid) => {
            left.delete(pid);
            if (left.size === 0) done();
          });
        });
        await pool().query('select pg_notify($1, $2)', [expiryChannel, token]);
        await settled;
        await Promise.race([all, wait(patience, undefined, { ref: false })]);
        awaited.delete(token);
        if (left.size > 0)
          log.warn({ instances: left.size }, 'Not every instance dropped its pages');
      } catch (error) {
        // The change is made; who asks for a page before the database is back asks for an older one.
        log.warn({ err: error }, 'Nobody could be told of expired pages');
      }
    },
    sure() {
      if (line || closed || Date.now() < trustUntil) return null;
      const began = Date.now();
      return catchUp().catch(() => {
        // A database that refuses says so at once, and is asked again the next time; one that is silent is not.
        const now = Date.now();
        if (now - began > heartbeat / 2) trustUntil = now + heartbeat;
      });
    },
    away: () => away,
    lag: () => lag,
    async close() {
      closed = true;
      await line?.client.end();
    },
  };
}

/** A database that neither answers nor refuses must not be waited for: the connection may be dead. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = wait(heartbeat, undefined, { ref: false }).then(() => {
    throw new Error('The database did not answer in time');
  });
  return Promise.race([answer, late]);
}
