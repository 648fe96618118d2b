import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lastWords, readerOf, type Tracked, versionsIn } from './magazine.ts';
import { gated, issue, startTrial, type Trial } from './trial.ts';

/*
 * Two Broadsides on one database and one bucket, nginx before them where it is installed. INSTANCES=long reads and
 * publishes for minutes instead of seconds.
 */

const long = process.env['INSTANCES'] === 'long';
const most = long ? { publishes: 300, reads: 20_000 } : { publishes: 45, reads: 600 };

let trial: Trial;

beforeAll(async () => {
  trial = await startTrial();
});

afterAll(() => trial?.close());

beforeEach(() => {
  trial.readers.faults.length = 0;
});

test('the lists that are looked at show tracked articles', async () => {
  const { cluster, readers } = trial;
  const { origin } = cluster.a;
  const shown = async (path: string) =>
    versionsIn(await readers.ask({ origin, path })).map(({ slug }) => slug);
  expect(await shown('/')).toEqual(expect.arrayContaining([gated, 'indoors']));
  expect(await shown(issue)).toEqual(expect.arrayContaining([gated, 'indoors']));
  expect(await shown('/feed.xml')).toContain('typewriters-wanted');
});

describe('what one instance has published', () => {
  test('is what the other shows from the first request on after the answer, and the other way round', async () => {
    const { cluster, readers, tracked, through, paths, subscriber } = trial;
    for (const [from, to] of [
      [cluster.a, cluster.b],
      [cluster.b, cluster.a],
      [cluster.a, cluster.b],
    ] as const) {
      for (const article of tracked) {
        await readers.next(article, through(from.origin));
        for (const path of paths()) {
          await readers.ask({ origin: to.origin, path });
          await readers.ask({ origin: to.origin, path, cookie: subscriber });
        }
      }
    }
    expect(readers.faults.slice(0, 30)).toEqual([]);
  });

  test(
    'is never followed by an older version, whoever publishes and reads what at the same time',
    async () => {
      const { cluster, readers, tracked, through, questions, everyPageIsCurrent } = trial;
      const before = readers.reads;
      let publishes = 0;
      let writing = tracked.length;
      const isDone = () => writing === 0 && readers.reads - before >= most.reads;
      const writer = async (article: Tracked, turn: number) => {
        for (let number = turn; publishes < most.publishes; number += 1) {
          publishes += 1;
          const { origin } = number % 2 ? cluster.a : cluster.b;
          await readers.next(article, through(origin));
          await wait(Math.random() * 150);
        }
        writing -= 1;
      };
      await Promise.all([...tracked.map(writer), readers.crowd(8, questions(), isDone)]);
      await everyPageIsCurrent();
      process.stdout.write(`${publishes} publishes, ${readers.reads - before} reads\n`);
    },
    long ? 1_200_000 : 60_000,
  );
});

test('a picture that one instance stored is the other’s too', async () => {
  const { cluster, readers } = trial;
  const page = await readers.ask({ origin: cluster.a.origin, path: `/articles/${gated}` });
  const path = /"(\/media\/[^"\s]+)/.exec(page)?.[1] ?? 'no picture';
  const [one, two] = await Promise.all(
    [cluster.a, cluster.b].map(async ({ origin }) => {
      const answer = await fetch(`${origin}${path}`);
      return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
    }),
  );
  expect(one?.status).toBe(200);
  expect(one?.bytes.length).toBeGreaterThan(1000);
  expect(two).toEqual(one);
});

describe('a right that ends, ends on both instances at the next request', () => {
  const isWhole = async (origin: string, cookie: string) => {
    const number = trial.readers.acknowledged.get(gated) ?? 0;
    const answer = await fetch(`${origin}/articles/${gated}`, { headers: { cookie } });
    expect(answer.status).toBe(200);
    return (await answer.text()).includes(lastWords(gated, number));
  };
  const both = async (cookie: string) => [
    await isWhole(trial.cluster.a.origin, cookie),
    await isWhole(trial.cluster.b.origin, cookie),
  ];

  test('where a grant is revoked', async () => {
    const { sql } = trial.cluster;
    const { email, cookie } = await readerOf(sql, gated);
    expect(await both(cookie)).toEqual([true, true]);
    const revoke = `update entitlements set revoked_at = now(), revoked_reason = 'a test'
      where user_id = (select id from users where email = $1)`;
    expect((await sql.query(revoke, [email])).rowCount).toBe(1);
    expect(await both(cookie)).toEqual([false, false]);
  });

  test('where a session is ended', async () => {
    const { sql } = trial.cluster;
    const { cookie } = await readerOf(sql, gated);
    expect(await both(cookie)).toEqual([true, true]);
    const token = cookie.split('=')[1];
    await sql.query('delete from sessions where session_token = $1', [token]);
    expect(await both(cookie)).toEqual([false, false]);
  });
});
