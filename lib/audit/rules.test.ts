import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actions } from './actions.ts';
import {
  actionName,
  changedFields,
  changesOf,
  changesText,
  keysIn,
  subjectAddress,
} from './rules.ts';

describe('an entry of the log', () => {
  it.each([
    [{ from: null, to: 'editor' }, 'from nothing to “editor”'],
    [{ from: 12, to: 0 }, 'from 12 to 0'],
    [{ from: true, to: false }, 'from yes to no'],
    [{ title: { from: 'A', to: 'B' } }, 'Title: from “A” to “B”'],
    [{ name: 'New', before: 'Old' }, 'Name: from “Old” to “New”'],
    [{ amount: 150, currency: 'EUR', reason: 'Torn' }, 'Amount: €1.50; Reason: “Torn”'],
    [{ at: '2031-03-01T10:00:00.000Z' }, 'At: 2031-03-01 10:00 UTC'],
    [
      { from: [{ currency: 'EUR', amount: 900 }], to: [{ currency: 'EUR', amount: 950 }] },
      'from €9.00 to €9.50',
    ],
    [{ scheduledFor: { from: null, to: null } }, 'Scheduled for: from nothing to nothing'],
    [
      {
        articles: [
          {
            articleId: '6f1f3a52-3a0e-4a55-9a5c-0a4cfb6f5a11',
            title: 'Tide',
            from: { department: 'Essays', page: null },
            to: { department: 'Letters', page: 9 },
          },
        ],
      },
      'Tide: from department “Essays”, page nothing to department “Letters”, page 9',
    ],
    [
      {
        from: ['6f1f3a52-3a0e-4a55-9a5c-0a4cfb6f5a11', '0b6f5a11-3a0e-4a55-9a5c-0a4cfb6f1f3a'],
        to: ['0b6f5a11-3a0e-4a55-9a5c-0a4cfb6f1f3a', '6f1f3a52-3a0e-4a55-9a5c-0a4cfb6f5a11'],
      },
      'in another order',
    ],
    [{ coverId: { from: '6f1f3a52-3a0e-4a55-9a5c-0a4cfb6f5a11', to: null } }, 'Cover: taken away'],
    [{ revisionId: '6f1f3a52-3a0e-4a55-9a5c-0a4cfb6f5a11' }, ''],
    [{}, ''],
  ])('says %j in plain words', (detail, text) => {
    expect(changesText(detail)).toBe(text);
  });

  it('tells times as the clocks of the magazine do', () => {
    const detail = { from: null, to: '2031-07-01T10:00:00.000Z' };
    expect(changesOf(detail, 'Europe/Berlin')[0]?.text).toBe(
      'from nothing to 2031-07-01 12:00 (Europe/Berlin)',
    );
  });

  const essays = '90227af2-504a-4765-a8a8-cb1fe52abd95';
  const lost = '6f1f3a52-3a0e-4a55-9a5c-0a4cfb6f5a11';

  it.each([
    [{ sectionId: { from: lost, to: essays } }, 'Section: from something that is gone to “Essays”'],
    [{ from: null, to: essays }, 'from nothing to “Essays”'],
    [{ articles: [essays, essays], revisionId: lost }, 'Articles: “Essays”, “Essays”'],
    [{ from: { seriesId: essays, part: 2 }, to: null }, 'from series “Essays”, part 2 to nothing'],
    [{ userId: essays, task: 'write' }, 'User: “Essays”; Task: “write”'],
  ])('calls what %j names by its key what it is called now', (detail, text) => {
    expect(changesText(detail, { [essays]: 'Essays' })).toBe(text);
    expect(keysIn(detail)).toContain(essays);
  });

  it('cuts what is too long to read', () => {
    expect(changesOf({ text: 'x'.repeat(5_000) })[0]?.text.length).toBeLessThan(250);
  });

  it('has a name also for an action that nobody listed, and a page where there is one', () => {
    expect(actionName('article.hand-over')).toBe('Article: hand over');
    expect(actionName('person.role')).toBe('Changed a role');
    expect(subjectAddress({ kind: 'order', id: 'x' })).toBe('/dashboard/orders/x');
    expect(subjectAddress({ kind: 'person', id: 'x' })).toBe('/dashboard/people');
    expect(subjectAddress({ kind: 'picture', id: 'x' })).toBe('/dashboard/media/x');
    expect(subjectAddress({ kind: 'alert', id: 'x' })).toBeNull();
  });
});

it('every action that the code writes down by name is told in words of its own', () => {
  const lib = join(import.meta.dirname, '..');
  const sources = globSync('*/*.ts', { cwd: lib, exclude: (name) => name.endsWith('.test.ts') });
  const written = sources
    .map((name) => readFileSync(join(lib, name), 'utf8'))
    .filter((text) => text.includes('audit(') || text.includes('recordAudit('))
    .flatMap((text) => [...text.matchAll(/(?:A|a)udit\((?:\s*\w+,){2}\s*'([\w.-]+)'/g)])
    .map(([, action]) => action ?? '');
  expect(new Set(written).size).toBeGreaterThan(50);
  expect(written.filter((action) => !(action in actions))).toEqual([]);
});

it('what changed is each field from what to what, and nothing that stayed', () => {
  const before = { name: 'A', text: 'x', at: new Date(0), tags: ['a'], gone: 1 };
  const after = { name: 'B', text: 'x', at: new Date(0), tags: ['a', 'b'] };
  expect(changedFields(before, after)).toEqual({
    name: { from: 'A', to: 'B' },
    tags: { from: ['a'], to: ['a', 'b'] },
  });
});
