import { describe, expect, test } from 'vitest';
import { type Actor, anonymous, type StaffRole, system } from '#lib/users/rules.ts';
import {
  type ArticleInWork,
  type Colleague,
  dayIn,
  handleOf,
  isLate,
  mayMove,
  mentionedIn,
  mentionParts,
  type Stage,
  skippedAt,
  stages,
  standingOf,
  whyNotEdit,
} from './rules.ts';

const actor = (staffRole: StaffRole | null, userId = 'me'): Actor => ({
  ...{ kind: 'person', userId, email: 'me@example.org', name: null, staffRole },
  factor: { kind: 'free' },
});
const article = (parts: Partial<ArticleInWork> = {}): ArticleInWork => ({
  ...{ createdBy: 'me', writers: [], stage: 'draft', publishedAt: null, scheduledFor: null },
  changed: false,
  ...parts,
});
const now = new Date();
const out = { publishedAt: now, changed: false };
const changed = { publishedAt: now, changed: true };

/** All moves that somebody may make, as "draft → ready". */
function moves(who: Actor, parts: Partial<ArticleInWork> = {}): string[] {
  return stages.flatMap((stage: Stage) =>
    stages
      .filter((to) => mayMove(who, article({ ...parts, stage }), to))
      .map((to) => `${stage} → ${to}`),
  );
}

describe('moving an article', () => {
  test.each(['editor', 'publisher', 'admin'] as const)(
    '%s: from everywhere to everywhere',
    (role) => {
      expect(moves(actor(role, 'somebody'))).toHaveLength(12);
      expect(moves(actor(role, 'somebody'), changed)).toHaveLength(12);
    },
  );

  test('a writer hands their own in, and takes it back until copy-editing began', () => {
    const own = ['draft → in_review', 'in_review → draft'];
    expect(moves(actor('writer'))).toEqual(own);
    expect(moves(actor('writer', 'asked'), { writers: ['asked'] })).toEqual(own);
  });

  test('nobody else, and not what is out', () => {
    for (const who of [anonymous, actor(null), actor('writer', 'somebody')]) {
      expect(moves(who)).toEqual([]);
    }
    for (const role of ['writer', 'editor', 'admin'] as const) {
      expect(moves(actor(role), out)).toEqual([]);
    }
    expect(moves(actor('writer'), changed)).toEqual([]);
    expect(moves(system)).toHaveLength(12);
  });
});

test('the text of a draft is its writer’s; from the hand-in on it is the editors’', () => {
  for (const stage of stages) {
    expect(whyNotEdit(actor('editor', 'somebody'), article({ stage }))).toBeNull();
    const writer = whyNotEdit(actor('writer'), article({ stage }));
    expect(writer === null).toBe(stage === 'draft');
  }
  expect(whyNotEdit(actor('writer', 'asked'), article({ writers: ['asked'] }))).toBeNull();
  for (const who of [anonymous, actor(null), actor('writer', 'somebody')]) {
    expect(whyNotEdit(who, article())).toContain('your own drafts');
  }
  expect(whyNotEdit(actor('writer'), article(out))).toContain('your own drafts');
});

test('dates say more than the stage, but a change to what is out is under way again', () => {
  expect(standingOf(article({ stage: 'ready' }))).toBe('ready');
  expect(standingOf(article({ stage: 'ready', scheduledFor: now }))).toBe('scheduled');
  expect(standingOf(article({ ...out, stage: 'draft' }))).toBe('published');
  expect(standingOf(article({ ...changed, stage: 'in_review' }))).toBe('in_review');
  expect(standingOf(article({ ...changed, scheduledFor: now }))).toBe('scheduled');
});

test('publishing names what it skips, and nothing when the article is ready', () => {
  expect(stages.map((stage) => skippedAt(stage) === null)).toEqual([false, false, false, true]);
  expect(skippedAt('in_review')).toBe('copy-editing and the last look');
});

test('a day is the publication’s, and something is late once its day is over there', () => {
  const instant = new Date('2026-11-23T23:30:00Z');
  expect(dayIn('UTC', instant)).toBe('2026-11-23');
  expect(dayIn('Asia/Tokyo', instant)).toBe('2026-11-24');
  expect(dayIn('America/New_York', new Date('2026-01-01T03:00:00Z'))).toBe('2025-12-31');
  const due = { dueOn: '2026-11-23', doneAt: null };
  expect(isLate(due, dayIn('UTC', instant))).toBe(false);
  expect(isLate(due, dayIn('Asia/Tokyo', instant))).toBe(true);
  expect(isLate({ ...due, doneAt: instant }, '2027-01-01')).toBe(false);
  expect(isLate({ dueOn: null, doneAt: null }, '2027-01-01')).toBe(false);
});

describe('mentions', () => {
  const person = (userId: string, name: string | null, email = `${userId}@example.org`) =>
    ({ userId, name, email }) satisfies Colleague;
  const people = [
    person('ann', 'Ann'),
    person('onym', 'Ann Onym'),
    person('zoë', 'Zoë Šimić'),
    person('bo1', 'Bo', 'bo@one.example'),
    person('bo2', 'bo', 'bo@two.example'),
    person('plain', null),
  ];

  test.each([
    ['@Ann', ['ann']],
    ['so, @ann?', ['ann']],
    ['(@Ann Onym)', ['onym']],
    ['@Ann Onymous', ['ann']],
    ['@Anna', []],
    ['@zoë šimić!', ['zoë']],
    ['@Bo', []],
    ['@bo@two.example and @plain@example.org.', ['bo2', 'plain']],
    ['@Ann @Ann Onym @Ann', ['ann', 'onym']],
    ['mail me at office@ann', []],
    ['@', []],
    ['İ @Ann İ', ['ann']],
  ])('%s names %j', (text, named) => {
    expect(mentionedIn(text, people)).toEqual(named);
  });

  test('the parts of a text are the whole text', () => {
    const text = 'Ask @Ann Onym, or @Ann: @nobody knows.';
    const parts = mentionParts(text, people);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.filter(({ userId }) => userId).map((part) => part.text)).toEqual([
      '@Ann Onym',
      '@Ann',
    ]);
  });

  test('who shares a name is named by their address', () => {
    expect(people.map((one) => handleOf(one, people))).toEqual([
      ...['Ann', 'Ann Onym', 'Zoë Šimić', 'bo@one.example', 'bo@two.example'],
      'plain@example.org',
    ]);
  });
});
