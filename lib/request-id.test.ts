import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { arrivingRequestId, newRequestId, requestId, withRequestId } from './request-id.ts';

const uuid = /^[0-9a-f-]{36}$/;

describe('the id of a request', () => {
  test('holds for all that is awaited or started inside, and nowhere else', async () => {
    const seen = await Promise.all(
      ['first', 'second'].map((id) =>
        withRequestId(id, async () => {
          await wait(1);
          const later = new Promise((done) => setTimeout(() => done(requestId()), 1));
          return [requestId(), await later];
        }),
      ),
    );
    expect(seen).toEqual([
      ['first', 'first'],
      ['second', 'second'],
    ]);
    expect(requestId()).toBeNull();
  });

  test('is shared with a second instance of the module, as in Next’s bundles', async () => {
    vi.resetModules();
    const other = await import('./request-id.ts');
    expect(other.requestId).not.toBe(requestId);
    expect(withRequestId('shared-id', () => other.requestId())).toBe('shared-id');
  });

  test('is new for each request', () => {
    expect(newRequestId()).not.toBe(newRequestId());
  });
});

describe('an x-request-id that arrives', () => {
  test('is taken over from a proxy of the operator’s', () => {
    for (const given of ['a-b_c.d8', '0'.repeat(64), 'aB3'.repeat(10)])
      expect(arrivingRequestId(given, 1)).toBe(given);
  });

  test('is worth nothing where no proxy stands before us', () => {
    expect(arrivingRequestId('made-by-a-stranger', 0)).toMatch(uuid);
  });

  test.each([
    undefined,
    '',
    'short-7',
    '0'.repeat(65),
    'with a space',
    'line\nbreak',
    'line-at-the-end\n',
    '{"level":50}',
    'naïve-name',
    ['twice-given', 'twice-given'],
  ])('is replaced by a new one where it is none: %j', (given) => {
    expect(arrivingRequestId(given, 1)).toMatch(uuid);
  });
});
