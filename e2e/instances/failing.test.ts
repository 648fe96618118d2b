import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Failing } from './failing.ts';
import type { Tracked } from './magazine.ts';
import { hasNginx } from './nginx.ts';
import { gated, issue, startTrial, type Trial } from './trial.ts';

/* Two Broadsides while what they stand on fails, and while one of them does. */

let trial: Trial;

beforeAll(async () => {
  trial = await startTrial();
});

afterAll(() => trial?.close());

beforeEach(() => {
  trial.readers.faults.length = 0;
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
  const failing = () => new Failing(trial);

  test('cut connections lose no expiry', async () => {
    const { cluster, readers, tracked, questions, everyPageIsCurrent } = trial;
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
    const { cluster, tracked, everyPageIsCurrent } = trial;
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
    const { cluster, readers, tracked, through, questions, subscriber, everyPageIsCurrent } = trial;
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
    const { cluster, readers, paths } = trial;
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
    const { cluster, readers, tracked, through, everyPageIsCurrent } = trial;
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
    const { cluster, readers, tracked, through, everyPageIsCurrent } = trial;
    await whileReading(async () => {
      await cluster.a.end('SIGKILL');
      await readers.next(tracked[1] as Tracked, through(cluster.b.origin));
      await cluster.a.start();
    });
    await everyPageIsCurrent();
  });
});
