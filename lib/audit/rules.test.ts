import { describe, expect, it } from 'vitest';
import { actionName, changedFields, changesOf, changesText, subjectAddress } from './rules.ts';

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

  it('cuts what is too long to read', () => {
    expect(changesOf({ text: 'x'.repeat(5_000) })[0]?.text.length).toBeLessThan(250);
  });

  it('has a name also for an action that nobody listed, and a page where there is one', () => {
    expect(actionName('article.hand-over')).toBe('Article: hand over');
    expect(actionName('person.role')).toBe('Changed a role');
    expect(subjectAddress({ kind: 'order', id: 'x' })).toBe('/dashboard/orders/x');
    expect(subjectAddress({ kind: 'person', id: 'x' })).toBe('/dashboard/people');
    expect(subjectAddress({ kind: 'alert', id: 'x' })).toBeNull();
  });
});

it('what changed is each field from what to what, and nothing that stayed', () => {
  const before = { name: 'A', text: 'x', at: new Date(0), tags: ['a'], gone: 1 };
  const after = { name: 'B', text: 'x', at: new Date(0), tags: ['a', 'b'] };
  expect(changedFields(before, after)).toEqual({
    name: { from: 'A', to: 'B' },
    tags: { from: ['a'], to: ['a', 'b'] },
  });
});
