import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { placements } from '#db/schema/issues.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { anonymous } from '#lib/users/rules.ts';
import { arrangeContents } from './contents.ts';

useDatabase();

describe('the contents of an issue', () => {
  test('get other departments and pages in one go, their order untouched, on record', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await anIssue();
    const other = await anIssue();
    const at = (issueId: string, position: number) => ({ issueId, department: 'Essays', position });
    const unplanned = { pageCount: null, wordBudget: null };
    const first = await anArticle({ placement: at(issue.id, 1) });
    const second = await anArticle({ placement: at(issue.id, 2) });
    const elsewhere = await anArticle({ placement: at(other.id, 1) });
    const arranged = await arrangeContents(editor, issue.id, [
      { articleId: first.id, department: 'Essays', page: null },
      { articleId: second.id, department: 'Letters', page: 12 },
      { articleId: elsewhere.id, department: 'Letters', page: 14 },
    ]);
    expect(arranged).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(
      [
        'issues',
        `issue:${issue.slug}`,
        `offers:${issue.id}`,
        `article:${first.slug}`,
        `article:${second.slug}`,
      ].sort(),
    );
    expect(await db().select().from(placements).orderBy(placements.position)).toEqual(
      expect.arrayContaining([
        { articleId: first.id, page: null, ...unplanned, ...at(issue.id, 1) },
        { articleId: second.id, page: 12, ...unplanned, ...at(issue.id, 2), department: 'Letters' },
        { articleId: elsewhere.id, page: null, ...unplanned, ...at(other.id, 1) },
      ]),
    );
    const log = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, issue.id));
    expect(log).toMatchObject([
      { action: 'issue.arrange', detail: { changed: [{ articleId: second.id }] } },
    ]);
  });

  test('stay as they are for who may not plan, for an unknown issue and where nothing changed', async () => {
    const issue = await anIssue();
    const placement = { issueId: issue.id, department: 'Essays', position: 1 };
    const { id: articleId } = await anArticle({ placement });
    const places = [{ articleId, department: 'Letters', page: 1 }];
    for (const actor of [anonymous, await aPerson(), await aPerson({ staffRole: 'writer' })]) {
      expect(await arrangeContents(actor, issue.id, places)).toMatchObject({ reason: 'forbidden' });
    }
    const editor = await aPerson({ staffRole: 'editor' });
    expect(await arrangeContents(editor, 'x', places)).toMatchObject({ reason: 'not_found' });
    const same = [{ articleId, department: 'Essays', page: null }];
    expect(await arrangeContents(editor, issue.id, same)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([]);
    expect(await db().select().from(auditEntries)).toEqual([]);
  });
});
