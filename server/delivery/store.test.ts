import { afterEach, describe, expect, test, vi } from 'vitest';
import { instant, TaggedStore } from './store.ts';

const kilobyte = 1_024;
/** Sets the clock that `instant()` reads, in milliseconds since the test's beginning. */
const at = (time: number) =>
  vi.spyOn(performance, 'now').mockReturnValue(1_000 + time) && instant();
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function aStore(maxBytes = 100 * kilobyte, largest?: number) {
  const store = new TaggedStore<{ text: string }>(maxBytes, largest);
  const put = (key: string, tags: string[], begun = instant(), bytes = kilobyte) =>
    store.put(key, { text: key }, { begun, tags, bytes });
  return { store, put };
}

describe('what is kept', () => {
  test('stays within its bytes, the least used thrown out first', () => {
    const { store, put } = aStore(10 * (kilobyte + 2));
    for (let index = 10; index < 20; index += 1) put(`${index}`, ['all']);
    expect([store.size, store.bytes]).toEqual([10, 10 * (kilobyte + 2)]);
    store.get('10');
    put('20', ['all']);
    expect(store.bytes).toBeLessThanOrEqual(10 * (kilobyte + 2));
    expect(store.get('11')).toBeUndefined();
    expect(store.get('10')).toEqual({ text: '10' });
    expect(store.get('20')).toEqual({ text: '20' });
  });

  test('is not what is larger than the store or than a value may be, though it holds', () => {
    const { store, put } = aStore(10 * kilobyte, 4 * kilobyte);
    expect(put('a', ['x'], instant(), 4 * kilobyte)).toBe(true);
    expect(put('b', ['x'], instant(), 3 * kilobyte)).toBe(true);
    expect([store.get('a'), store.get('b')]).toEqual([undefined, { text: 'b' }]);
    const whole = aStore(10 * kilobyte);
    expect(whole.put('a', ['x'], instant(), 10 * kilobyte)).toBe(true);
    expect([whole.store.size, whole.store.bytes]).toEqual([0, 0]);
  });

  test('gives way to a later value that is too large: the older one is out of date', () => {
    const { store, put } = aStore(10 * kilobyte);
    put('a', ['x']);
    put('a', ['x'], instant(), 20 * kilobyte);
    expect(store.get('a')).toBeUndefined();
  });
});

describe('a tag that expires', () => {
  test('drops all that stands under it, and nothing else', () => {
    const { store, put } = aStore();
    put('a', ['x', 'y']);
    put('b', ['y']);
    put('c', ['z']);
    store.expire(['y', 'nobody’s']);
    expect(['a', 'b', 'c'].map((key) => store.get(key)?.text)).toEqual([undefined, undefined, 'c']);
  });

  test('refuses what began to be made before it or at its very instant, and takes what began after', () => {
    const { store, put } = aStore();
    const before = at(0);
    const then = at(5);
    store.expire(['x']);
    expect(put('a', ['y', 'x'], before)).toBe(false);
    expect(put('a', ['x'], then)).toBe(false);
    expect(store.get('a')).toBeUndefined();
    expect(put('a', ['y'], before)).toBe(true);
    expect(put('b', ['x'], at(5.001))).toBe(true);
    expect(store.get('b')).toEqual({ text: 'b' });
  });

  test('counts by its last time', () => {
    const { store, put } = aStore();
    at(0);
    store.expire(['x']);
    const between = at(5);
    at(10);
    store.expire(['x']);
    expect(put('a', ['x'], between)).toBe(false);
  });

  test('drops a value by the tags it stands under now, not by those of the one it took the place of', () => {
    const { store, put } = aStore();
    put('a', ['old', 'both']);
    put('a', ['both', 'new']);
    store.expire(['old']);
    expect(store.get('a')).toBeDefined();
    store.expire(['new']);
    expect(store.get('a')).toBeUndefined();
  });

  test('that is no longer remembered refuses all that began as long ago, whatever its tags', () => {
    const { store, put } = aStore();
    const begun = at(0);
    at(1);
    store.expire(['x']);
    at(2);
    store.expire(['y']);
    const after = at(3);
    const minutes = 60_000;
    at(5 * minutes + 1.5);
    store.expire(['z']);
    expect(put('a', ['x'], begun)).toBe(false);
    expect(put('a', ['other'], begun)).toBe(false);
    expect(put('a', ['y'], begun)).toBe(false);
    expect(put('a', ['y'], after)).toBe(true);
  });
});

test('nothing is left behind by what was put, thrown out and expired', () => {
  const maps: Map<unknown, unknown>[] = [];
  const Plain = Map;
  vi.stubGlobal(
    'Map',
    class extends Plain<unknown, unknown> {
      constructor() {
        super();
        maps.push(this);
      }
    },
  );
  const { store, put } = aStore(50 * kilobyte);
  vi.unstubAllGlobals();
  const held = () => maps.reduce((sum, map) => sum + map.size, 0);
  let now = 0;
  for (let round = 0; round < 2_000; round += 1) {
    now += 1_000;
    at(now);
    put(`key ${round % 90}`, [`tag ${round}`, `tag ${round % 7}`, 'all']);
    if (round % 5 === 0) store.expire([`expired ${round}`, `tag ${round % 7}`]);
  }
  // 50 values, their tags, and what expired in the last five minutes.
  expect(held()).toBeGreaterThan(100);
  expect(held()).toBeLessThan(250);
  at(now + 60 * 60_000);
  store.expire(['all']);
  expect([store.size, store.bytes, held()]).toEqual([0, 0, 1]);
});
