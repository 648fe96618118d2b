import { expect, test } from 'vitest';
import { type Asked, settle, somePages } from './pages.fixture.ts';
import type { Found } from './pages.ts';

/** Numbers from 0 to 1 that a seed decides (mulberry32), so that a sequence that fails can be had again. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const paths = ['/a', '/b'];
const variants = [null, 'reader.open', 'reader.not-owned'];

type Page = { path: string; version: number; by: string; variant: string };
type Reader = { path: string; variant: string | null; by: string; told: number; got: Page | null };

/**
 * One sequence of things that happen in some order: readers ask, renderings begin, look into the database and end, a
 * change is committed, and is acknowledged once its pages have been dropped. Answers how often each kind came.
 */
async function sequence(seed: number) {
  const chance = chances(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(chance() * list.length)] as T;
  const { pages, asked } = somePages({
    maxBytes: pick([5_000, 1_000_000]),
    tags: (path) => [path.replace('/member', '')],
  });
  const committed = new Map(paths.map((path) => [path, 0]));
  const acknowledged = new Map(committed);
  const readers: Reader[] = [];
  const rendered = new Map<Asked, Page>();
  const counts = { renderings: 0, publishes: 0, moved: 0 };
  const open = () => asked.filter((one) => !rendered.has(one));

  const ask = () => {
    const path = pick(paths);
    const reader: Reader = {
      path,
      variant: pick(variants),
      by: `s=${readers.length}`,
      told: acknowledged.get(path) ?? 0,
      got: null,
    };
    readers.push(reader);
    const found = reader.variant ? pages.twin(path, reader.variant, reader.by) : pages.page(path);
    void found.then((answer) => {
      reader.got = pageOf(answer);
    });
  };
  const read = (one: Asked | undefined) => {
    if (!one) return;
    const path = one.path.replace('/member', '');
    const by = one.headers['cookie'] ?? '';
    const reader = readers.find((other) => other.by === by);
    // Now and then access was granted, or taken back, since the question.
    const variant = (chance() < 0.15 ? pick(variants) : reader?.variant) ?? 'reader.open';
    rendered.set(one, { path, version: committed.get(path) ?? 0, by, variant });
  };
  const finish = (one: Asked | undefined) => {
    const page = one && rendered.get(one);
    if (!page) return;
    asked.splice(asked.indexOf(one), 1);
    counts.renderings += 1;
    const meta = `<meta name="broadside-variant" content="${page.variant}">`;
    one.finish({
      body: Buffer.from(`${meta}<p>${Buffer.from(JSON.stringify(page)).toString('hex')}`),
    });
  };
  const commit = () => {
    const path = pick(paths);
    committed.set(path, (committed.get(path) ?? 0) + 1);
  };
  const acknowledge = () => {
    const path = pick(paths);
    const version = committed.get(path) ?? 0;
    pages.expire([path]);
    acknowledged.set(path, version);
    counts.publishes += 1;
  };

  for (let step = 0; step < 60; step += 1) {
    pick([
      ask,
      ask,
      ask,
      commit,
      acknowledge,
      () => read(pick(open())),
      () => read(pick(open())),
      () => finish(pick(asked)),
      () => finish(pick(asked)),
    ])();
    if (chance() < 0.6) await settle();
  }
  for (let turn = 0; readers.some(({ got }) => !got) && turn < 200; turn += 1) {
    for (const one of open()) read(one);
    for (const one of [...asked]) finish(one);
    await settle();
  }
  for (const { path, variant, by, told, got } of readers) {
    const what = `seed ${seed}, ${by}: ${JSON.stringify(got)}`;
    expect(got?.path, what).toBe(path);
    expect(got?.version, what).toBeGreaterThanOrEqual(told);
    // Strangers get what was made without a session, others what is theirs or was made for themselves.
    if (variant === null) expect(got?.by, what).toBe('');
    else if (got?.variant !== variant) {
      expect(got?.by, what).toBe(by);
      counts.moved += 1;
    }
  }
  return { ...counts, readers: readers.length };
}

function pageOf(found: Found): Page {
  if (found.kind !== 'answer') throw new Error(found.kind);
  const [, hex = ''] = /<p>(\w+)/.exec(found.answer.body.toString()) ?? [];
  return JSON.parse(Buffer.from(hex, 'hex').toString()) as Page;
}

test('whatever the order of changes, renderings and readers, nobody gets a page older than was acknowledged when they asked, or one that is not theirs', async () => {
  const total = { renderings: 0, publishes: 0, moved: 0, readers: 0 };
  for (let seed = 1; seed <= 300; seed += 1) {
    const counts = await sequence(seed);
    for (const name of ['renderings', 'publishes', 'moved', 'readers'] as const)
      total[name] += counts[name];
  }
  // The sequences hold what they are about.
  expect(total.publishes).toBeGreaterThan(1_000);
  expect(total.moved).toBeGreaterThan(100);
  expect(total.renderings).toBeLessThan(total.readers * 0.9);
}, 30_000);
