import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Cluster, startCluster } from './cluster.ts';
import { Failing } from './failing.ts';
import {
  lastWords,
  publish,
  readerOf,
  signInAs,
  type Tracked,
  track,
  versionsIn,
} from './magazine.ts';
import { hasNginx } from './nginx.ts';
import { type Question, Readers } from './readers.ts';

/*
 * Two Broadsides on one database and one bucket, nginx before them where it is installed. INSTANCES=long reads and
 * publishes for minutes instead of seconds.
 */

const long = process.env['INSTANCES'] === 'long';
const most = long ? { publishes: 300, reads: 20_000 } : { publishes: 45, reads: 600 };
const gated = 'the-weather-inside';
const issue = '/issues/the-weather-inside';

let cluster: Cluster;
let publisher: string;
let subscriber: string;
let tracked: Tracked[];
let readers: Readers;

beforeAll(async () => {
  cluster = await startCluster();
  publisher = await signInAs(cluster.sql, 'publisher@example.org');
  subscriber = (await readerOf(cluster.sql, gated)).cookie;
  readers = new Readers();
  tracked = await Promise.all(
    [gated, 'indoors', 'typewriters-wanted'].map((slug) => track(cluster.sql, slug)),
  );
  for (const article of tracked) await readers.next(article, through(cluster.a.origin));
});

afterAll(async () => {
  process.stdout.write((await cluster?.logs()) ?? '');
  await cluster?.close();
});

beforeEach(() => {
  readers.faults.length = 0;
});

const through = (origin: string) => (article: Tracked, number: number) =>
  publish(origin, publisher, article, number);

const origins = () => [
  cluster.a.origin,
  cluster.b.origin,
  ...(cluster.front ? [cluster.front] : []),
];
const paths = () => ['/', issue, '/feed.xml', ...tracked.map(({ slug }) => `/articles/${slug}`)];

/** Every page at every origin, as a stranger and as a reader who owns the issue. */
const questions = (): Question[] =>
  origins().flatMap((origin) =>
    paths().flatMap((path) => [
      { origin, path },
      { origin, path, cookie: subscriber },
    ]),
  );

async function everyPageIsCurrent(): Promise<void> {
  for (const question of questions()) await readers.ask(question);
  expect(readers.faults.slice(0, 30)).toEqual([]);
}

test('the lists that are looked at show tracked articles', async () => {
  const { origin } = cluster.a;
  const shown = async (path: string) =>
    versionsIn(await readers.ask({ origin, path })).map(({ slug }) => slug);
  expect(await shown('/')).toEqual(expect.arrayContaining([gated, 'indoors']));
  expect(await shown(issue)).toEqual(expect.arrayContaining([gated, 'indoors']));
  expect(await shown('/feed.xml')).toContain('typewriters-wanted');
});

describe('what one instance has published', () => {
  test('is what the other shows from the first request on after the answer, and the other way round', async () => {
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
      const before = { reads: readers.reads, publishes: 0 };
      let publishes = 0;
      let writing = tracked.length;
      const isDone = () => writing === 0 && readers.reads - before.reads >= most.reads;
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
      process.stdout.write(`${publishes} publishes, ${readers.reads - before.reads} reads\n`);
    },
    long ? 1_200_000 : 60_000,
  );
});

test('a picture that one instance stored is the other’s too', async () => {
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
    const number = readers.acknowledged.get(gated) ?? 0;
    const answer = await fetch(`${origin}/articles/${gated}`, { headers: { cookie } });
    expect(answer.status).toBe(200);
    return (await answer.text()).includes(lastWords(gated, number));
  };
  const both = async (cookie: string) => [
    await isWhole(cluster.a.origin, cookie),
    await isWhole(cluster.b.origin, cookie),
  ];

  test('where a grant is revoked', async () => {
    const { email, cookie } = await readerOf(cluster.sql, gated);
    expect(await both(cookie)).toEqual([true, true]);
    const revoke = `update entitlements set revoked_at = now(), revoked_reason = 'a test'
      where user_id = (select id from users where email = $1)`;
    expect((await cluster.sql.query(revoke, [email])).rowCount).toBe(1);
    expect(await both(cookie)).toEqual([false, false]);
  });

  test('where a session is ended', async () => {
    const { cookie } = await readerOf(cluster.sql, gated);
    expect(await both(cookie)).toEqual([true, true]);
    const token = cookie.split('=')[1];
    await cluster.sql.query('delete from sessions where session_token = $1', [token]);
    expect(await both(cookie)).toEqual([false, false]);
  });
});

/** A page's form with an address and what is hidden in it, as a browser without scripts would send it. */
async function filledForm(page: string): Promise<FormData> {
  const html = await (await fetch(page)).text();
  const form = new FormData();
  for (const [tag] of html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const [name, value] = ['name', 'value'].map(
      (attribute) => new RegExp(` ${attribute}="([^"]*)"`).exec(tag)?.[1] ?? '',
    );
    form.append(name ?? '', value?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? '');
  }
  form.append('email', 'ann@example.org');
  form.append('edition', 'digital');
  return form;
}

describe('while the database fails', () => {
  const failing = () => new Failing(cluster, readers, tracked, through);

  test('cut connections lose no expiry', async () => {
    let done = false;
    const article = tracked[1] as Tracked;
    const writing = failing().publishUntil(article, () => done);
    const strangers = questions().filter(({ cookie }) => !cookie);
    const reading = readers.crowd(3, strangers, () => done, 20);
    for (let times = 0; times < 6; times += 1) {
      await wait(400);
      const cut = `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'broadside%'`;
      await cluster.sql.query(cut);
    }
    done = true;
    await Promise.all([writing, reading]);
    await failing().settle();
    // A page that was just expired can't be made without the database; whoever asked for it was told so.
    expect(readers.faults.filter((fault) => !/was answered 50[03]$/.test(fault))).toEqual([]);
    readers.faults.length = 0;
    await everyPageIsCurrent();
  });

  test('a server that is restarted while somebody publishes loses no expiry', async () => {
    let done = false;
    const writing = failing().publishUntil(tracked[1] as Tracked, () => done);
    await wait(500);
    await cluster.stopDatabase();
    await wait(1_000).finally(cluster.startDatabase);
    done = true;
    expect(await writing).toBeGreaterThan(0);
    await failing().settle();
    await everyPageIsCurrent();
  });

  test('readers get the strangers’ pages while it is away, buyers and who signs in are told kindly, and all recovers by itself', async () => {
    const strangers = questions().filter(({ cookie }) => !cookie);
    await everyPageIsCurrent();
    const places = [`${issue}/buy?edition=digital`, '/sign-in'];
    const forms = await Promise.all(places.map((place) => filledForm(cluster.a.origin + place)));
    await cluster.stopDatabase();
    try {
      for (const question of strangers) await readers.ask(question);
      expect(readers.faults).toEqual([]);
      for (const { origin } of [cluster.a, cluster.b]) {
        const own = await fetch(`${origin}/articles/${gated}`, { headers: { cookie: subscriber } });
        expect(own.status).toBe(200);
        expect(await own.text()).not.toContain('The end of ');
        for (const [index, place] of places.entries()) {
          for (const body of [undefined, forms[index]]) {
            const method = body ? 'POST' : 'GET';
            if (!body && place === '/sign-in') continue;
            const answer = await fetch(origin + place, { method, ...(body ? { body } : {}) });
            const text = await answer.text();
            expect([method, place, answer.status]).toEqual([method, place, 503]);
            expect(answer.headers.get('retry-after')).toBe('30');
            expect(text).toContain('nothing was charged');
            expect(text).not.toMatch(/ECONNREFUSED|postgres|at \w+ \(|select /);
          }
        }
        expect((await fetch(`${origin}/api/health`)).status).toBe(503);
      }
    } finally {
      await cluster.startDatabase();
    }
    await failing().settle();
    await everyPageIsCurrent();
    for (const article of tracked) await readers.next(article, through(cluster.b.origin));
    await everyPageIsCurrent();
  });
});

describe.runIf(hasNginx)('behind nginx (skipped where it isn’t installed)', () => {
  /** Readers who go on while something happens to an instance. */
  async function whileReading(happens: () => Promise<void>): Promise<number> {
    const before = readers.reads;
    let done = false;
    const strangers = paths().map((path) => ({ origin: cluster.front ?? '', path }));
    const reading = readers.crowd(4, strangers, () => done, 5);
    await wait(300);
    await happens().finally(() => {
      done = true;
    });
    await reading;
    return readers.reads - before;
  }

  test('both instances are restarted one after the other, and no reader notices', async () => {
    const reads = await whileReading(async () => {
      for (const instance of [cluster.a, cluster.b]) {
        expect(await instance.end('SIGTERM')).toBe(0);
        await readers.next(tracked[1] as Tracked, through(cluster.front ?? ''));
        await instance.start();
        await readers.next(tracked[0] as Tracked, through(instance.origin));
      }
    });
    expect(readers.faults.slice(0, 30)).toEqual([]);
    expect(reads).toBeGreaterThan(100);
    await everyPageIsCurrent();
  });

  test('an instance is killed, and no reader notices; it comes back with what was published meanwhile', async () => {
    await whileReading(async () => {
      await cluster.a.end('SIGKILL');
      await readers.next(tracked[1] as Tracked, through(cluster.b.origin));
      await cluster.a.start();
    });
    await everyPageIsCurrent();
  });
});
