import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Aside, SaveReply } from './replies.ts';
import { Saver, type SaveState, type Snapshot } from './saver.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const aside: Aside = {
  message: '',
  by: 'Bo',
  at: '2031-03-01T10:00:00Z',
  asideId: 'aside',
  draftId: 'draft',
  comparison: { heads: [], blocks: [] },
};

/** A form of one text, and a server that answers what `reply` says. */
function desk(reply: (sent: string, version: number) => SaveReply | Promise<SaveReply>) {
  const seen = {
    text: '',
    sent: [] as string[],
    kept: null as string | null,
    states: [] as SaveState['kind'][],
    asides: 0,
  };
  const textOf = ({ body }: Snapshot) => body ?? '';
  const saver = new Saver(
    {
      snapshot: () => ({ head: [], body: seen.text }),
      send: async (snapshot, version) => {
        seen.sent.push(textOf(snapshot));
        return reply(textOf(snapshot), version);
      },
      keep: async (snapshot) => {
        seen.kept = textOf(snapshot);
      },
      forget: async () => {
        seen.kept = null;
      },
      onState: ({ kind }) => seen.states.push(kind),
      onRefused: () => {},
      onAside: () => {
        seen.asides += 1;
      },
    },
    1,
  );
  const type = (text: string) => {
    seen.text += text;
    saver.changed();
  };
  return { saver, seen, type };
}

const ok = (version: number): SaveReply => ({
  kind: 'saved',
  version: version + 1,
  savedAt: '2031-03-01T10:00:00Z',
  refused: {},
});

describe('what is written', () => {
  test('is sent within two seconds after a pause, once, on the version that the last save answered', async () => {
    const versions: number[] = [];
    const { seen, type, saver } = desk((_, version) => {
      versions.push(version);
      return ok(version);
    });
    type('One.');
    await vi.advanceTimersByTimeAsync(2_000);
    type(' Two.');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.sent).toEqual(['One.', 'One. Two.']);
    expect(versions).toEqual([1, 2]);
    expect(saver.version).toBe(3);
    expect(seen.states.at(-1)).toBe('saved');
  });

  test('is sent every fifteen seconds at the longest while typing goes on', async () => {
    const { seen, type } = desk((_, version) => ok(version));
    for (let second = 0; second < 45; second += 1) {
      type('x');
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(seen.sent.length).toBeGreaterThanOrEqual(3);
  });

  test('is kept in the browser until the server has it, and no longer', async () => {
    const { seen, type } = desk((_, version) => ok(version));
    type('One.');
    await vi.advanceTimersByTimeAsync(400);
    expect(seen.kept).toBe('One.');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen.kept).toBeNull();
  });

  test('and taken back is not sent', async () => {
    const { seen, saver, type } = desk((_, version) => ok(version));
    type('One.');
    seen.text = '';
    saver.changed();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen.sent).toEqual([]);
    expect(seen.states.at(-1)).toBe('unchanged');
  });

  test('while a save is under way is sent after it, never beside it', async () => {
    let answer: (reply: SaveReply) => void = () => {};
    const { seen, type } = desk((_, version) =>
      version > 1
        ? ok(version)
        : new Promise((done) => {
            answer = done;
          }),
    );
    type('One.');
    await vi.advanceTimersByTimeAsync(2_000);
    type(' Two.');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen.sent).toEqual(['One.']);
    answer(ok(1));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen.sent).toEqual(['One.', 'One. Two.']);
  });
});

describe('a server that is away', () => {
  test('is asked again until it is there; meanwhile the words are kept and the writer is told', async () => {
    let away = true;
    const { seen, type } = desk((_, version) => {
      if (away) throw new TypeError('Failed to fetch');
      return ok(version);
    });
    type('One.');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen.states.at(-1)).toBe('offline');
    expect(seen.kept).toBe('One.');
    await vi.advanceTimersByTimeAsync(60_000);
    away = false;
    await vi.advanceTimersByTimeAsync(16_000);
    expect(seen.states.at(-1)).toBe('saved');
    expect(seen.kept).toBeNull();
  });
});

describe('a text that was kept aside', () => {
  test('is told of once the words that came meanwhile are kept, too', async () => {
    const replies: SaveReply[] = [];
    const { seen, type } = desk(() => {
      replies.push({ kind: 'aside', aside });
      if (replies.length === 1) seen.text += ' Two.';
      return { kind: 'aside', aside };
    });
    type('One.');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen.sent).toEqual(['One.', 'One. Two.']);
    expect(seen.asides).toBe(1);
    expect(seen.kept).toBeNull();
  });
});

test('a text that is refused stays in the browser', async () => {
  const { seen, type } = desk(() => ({
    kind: 'refused',
    message: 'Not yours.',
    fields: {},
    signedOut: false,
  }));
  type('One.');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(seen.states.at(-1)).toBe('refused');
  expect(seen.kept).toBe('One.');
});
