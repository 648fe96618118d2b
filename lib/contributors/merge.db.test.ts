import { asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { aContributor, anArticle, anArticleForm } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { bylines, revisions } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { contributors } from '#db/schema/contributors.ts';
import { issues } from '#db/schema/issues.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { newId } from '#lib/ids.ts';
import { findLeads } from '#lib/redirects/queries.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { mergeContributors } from './merge.ts';
import { findDeskContributor, likelyDoubles, listDoubles } from './queries.ts';

useDatabase();
let editor: Person;
let from: { id: string };
let into: { id: string };
beforeEach(async () => {
  editor = await aPerson({ staffRole: 'editor' });
  from = await aContributor({ name: 'A. Quill', biography: 'Writes.', city: 'Bergen' });
  into = await aContributor({ name: 'Ada Quill', city: 'Oslo' });
});

const by = (...names: [{ id: string }, 'author' | 'translator'][]) =>
  names.map(([{ id: contributorId }, role]) => ({ contributorId, role }));

const rolesOf = async (revisionId: string) =>
  db()
    .select({ id: bylines.contributorId, role: bylines.role })
    .from(bylines)
    .where(eq(bylines.revisionId, revisionId))
    .orderBy(asc(bylines.position));

const form = (slug: string, contributorId: string) =>
  anArticleForm({ slug, bylines: [{ contributorId, role: 'author' }] });

describe('two contributors that are one', () => {
  test('are one over every version, frozen ones too, and under every cover; texts stay as they were', async () => {
    const article = await anArticle({ bylines: by([from, 'author']) });
    await saveArticle(editor, article.id, 1, form(article.slug, from.id));
    const issue = await anIssue({ coverArtistId: from.id });
    const texts = await db().select({ body: revisions.body }).from(revisions);
    expect(await mergeContributors(editor, from.id, into.id)).toEqual({
      ok: true,
      value: { versions: 2, covers: 1 },
    });
    const named = await db().select({ id: bylines.contributorId }).from(bylines);
    expect(named).toEqual([{ id: into.id }, { id: into.id }]);
    expect(await db().select({ body: revisions.body }).from(revisions)).toEqual(texts);
    expect(
      await db()
        .select({ artist: issues.coverArtistId })
        .from(issues)
        .where(eq(issues.id, issue.id)),
    ).toEqual([{ artist: into.id }]);
    expect(await db().$count(contributors)).toBe(1);
  });

  test('stand once over what named both in one role, at the first place, and twice where the roles differ', async () => {
    const other = await aContributor();
    const both = await anArticle({
      bylines: by([from, 'author'], [other, 'author'], [into, 'author'], [from, 'translator']),
    });
    const late = await anArticle({
      bylines: by([other, 'author'], [into, 'author'], [from, 'author']),
    });
    await mergeContributors(editor, from.id, into.id);
    expect(await rolesOf(both.revisionId)).toEqual([
      { id: into.id, role: 'author' },
      { id: other.id, role: 'author' },
      { id: into.id, role: 'translator' },
    ]);
    expect((await rolesOf(late.revisionId)).map(({ id }) => id)).toEqual([other.id, into.id]);
  });

  test('keep what the one that stays says, and get what it doesn’t from the other', async () => {
    const { userId } = await aPerson({ staffRole: 'writer' });
    await db().update(contributors).set({ userId }).where(eq(contributors.id, from.id));
    await mergeContributors(editor, from.id, into.id);
    expect(await findDeskContributor(editor, into.id)).toMatchObject({
      name: 'Ada Quill',
      biography: 'Writes.',
      city: 'Oslo',
      userId,
    });
  });

  test('have one address: the other leads there for good, as do those that led to it', async () => {
    const third = await aContributor({ name: 'Ada Q.' });
    await mergeContributors(editor, third.id, from.id);
    await expiredTags();
    await mergeContributors(editor, from.id, into.id);
    expect(await expiredTags()).toEqual(['everything', 'redirects']);
    const leads = await findLeads(['/contributors/ada-q', '/contributors/a-quill']);
    expect(leads.map(({ location }) => location)).toEqual(Array(2).fill('/contributors/ada-quill'));
  });

  test('are merged on record, with both names', async () => {
    await mergeContributors(editor, from.id, into.id);
    expect(await db().select().from(auditEntries)).toMatchObject([
      {
        action: 'contributor.merge',
        actorId: editor.userId,
        subjectId: into.id,
        detail: {
          from: { name: 'A. Quill', slug: 'a-quill' },
          into: { name: 'Ada Quill', slug: 'ada-quill' },
        },
      },
    ]);
  });

  test('are merged by an editor and above alone, never with themselves or with nobody', async () => {
    const others = [anonymous, await aPerson(), await aPerson({ staffRole: 'writer' })];
    for (const actor of others) {
      expect(await mergeContributors(actor, from.id, into.id)).toMatchObject({
        reason: 'forbidden',
      });
      expect([await likelyDoubles(actor, into.id), await listDoubles(actor)]).toEqual([[], []]);
    }
    expect(await mergeContributors(editor, from.id, from.id)).toMatchObject({ reason: 'invalid' });
    for (const id of [newId(), 'x']) {
      expect(await mergeContributors(editor, from.id, id)).toMatchObject({ reason: 'not_found' });
      expect(await mergeContributors(editor, id, into.id)).toMatchObject({ reason: 'not_found' });
    }
    expect(await db().$count(contributors)).toBe(2);
  });

  test('are never lost where both directions are asked, or one is named, in the same instant', async () => {
    const article = await anArticle({ publishedAt: null, bylines: by([from, 'author']) });
    const issue = await anIssue({ coverArtistId: from.id });
    const [there, back, saved] = await Promise.all([
      mergeContributors(editor, from.id, into.id),
      mergeContributors(editor, into.id, from.id),
      saveArticle(editor, article.id, 1, form(article.slug, from.id)),
    ]);
    expect([there.ok, back.ok].sort()).toEqual([false, true]);
    expect(saved.ok).toBe(true);
    const [left] = await db().select({ id: contributors.id }).from(contributors);
    expect(await db().selectDistinct({ id: bylines.contributorId }).from(bylines)).toEqual([left]);
    expect(await db().select({ id: issues.coverArtistId }).from(issues)).toEqual([left]);
    expect(issue.id).toBeTruthy();
  });
});

test('likely doubles are names that are the same but for spelling, or nearly', async () => {
  for (const name of ['ADA  QUILL', 'Áda Quill', 'Quill, Ada', 'Adah Quill', 'Bo Body']) {
    await aContributor({ name, slug: `x-${newId()}` });
  }
  const names = (await likelyDoubles(editor, into.id)).map(({ name }) => name);
  expect(names.slice(0, 2).toSorted()).toEqual(['ADA  QUILL', 'Áda Quill']);
  expect(names).toEqual(expect.arrayContaining(['Quill, Ada', 'Adah Quill']));
  expect(names).not.toContain('Bo Body');
  const groups = await listDoubles(editor);
  expect(groups.map((group) => group.map(({ name }) => name))).toEqual([
    ['Ada Quill', 'ADA  QUILL', 'Áda Quill'],
  ]);
});
