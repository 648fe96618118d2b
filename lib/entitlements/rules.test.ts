import { describe, expect, test } from 'vitest';
import { canRead, type Grant, owns, type Readable } from './rules.ts';

const now = new Date('2026-11-02T10:00:00Z');
const before = new Date('2026-11-01T10:00:00Z');
const later = new Date('2026-11-03T10:00:00Z');

const gated: Readable = { access: 'gated', published: true, issueId: 'i14', issueName: 'No. 14' };

function grant(parts: Partial<Grant> = {}): Grant {
  return {
    issueId: 'i14',
    source: 'order',
    startsAt: before,
    endsAt: null,
    revokedAt: null,
    ...parts,
  };
}

describe('who may read an article', () => {
  test.each<[string, Partial<Readable>, Grant[], string]>([
    ['a stranger, a free article', { access: 'free' }, [], 'This article is free to read'],
    [
      'a free article in no issue',
      { access: 'free', issueId: null },
      [],
      'This article is free to read',
    ],
    ['a buyer', {}, [grant()], 'You bought this issue'],
    [
      'a subscriber',
      {},
      [grant({ source: 'subscription' })],
      'Your subscription includes this issue',
    ],
    ['a gift', {}, [grant({ source: 'gift' })], 'You were given this issue'],
    [
      'a library',
      {},
      [grant({ source: 'institution' })],
      'Your institution gives you access to this issue',
    ],
    [
      'with compliments',
      {},
      [grant({ source: 'complimentary' })],
      'You have this issue with our compliments',
    ],
    ['from this instant on', {}, [grant({ startsAt: now })], 'You bought this issue'],
    ['until a later day', {}, [grant({ endsAt: later })], 'You bought this issue'],
    [
      'refunded, but given as well',
      {},
      [grant({ revokedAt: before }), grant({ source: 'gift' })],
      'You were given this issue',
    ],
  ])('%s: yes', (_who, parts, grants, because) => {
    expect(canRead({ ...gated, ...parts }, grants, now)).toMatchObject({ kind: 'yes', because });
  });

  test.each<[string, Partial<Readable>, Grant[], string, string]>([
    ['a stranger', {}, [], 'not-owned', 'This article is in No. 14, which you don’t own'],
    [
      'the owner of another issue',
      {},
      [grant({ issueId: 'i13' })],
      'not-owned',
      'This article is in No. 14, which you don’t own',
    ],
    [
      'a gated article in no issue',
      { issueId: null },
      [grant()],
      'no-issue',
      'This article is for subscribers',
    ],
    [
      'what was refunded',
      {},
      [grant({ revokedAt: before })],
      'revoked',
      'Your access to No. 14 was withdrawn',
    ],
    [
      'what ended a moment ago',
      {},
      [grant({ endsAt: now })],
      'ended',
      'Your access to No. 14 has ended',
    ],
    [
      'what begins tomorrow',
      {},
      [grant({ startsAt: later })],
      'not-yet',
      'Your access to No. 14 has not begun yet',
    ],
    [
      'a draft, free',
      { access: 'free', published: false },
      [grant()],
      'unpublished',
      'This article has not been published',
    ],
    [
      'a draft, gated',
      { published: false },
      [grant()],
      'unpublished',
      'This article has not been published',
    ],
  ])('%s: no', (_who, parts, grants, reason, why) => {
    expect(canRead({ ...gated, ...parts }, grants, now)).toEqual({ kind: 'no', reason, why });
  });

  test('owning an issue is a grant that is valid now', () => {
    expect(owns('i14', [grant()], now)).toBe(true);
    expect(owns('i14', [grant({ revokedAt: before })], now)).toBe(false);
    expect(owns('i13', [grant()], now)).toBe(false);
  });
});
