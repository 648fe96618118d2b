import { eq } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import {
  type ArticleParts,
  aBody,
  aContributor,
  anArticle,
  aSection,
} from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles, relatedArticles, revisions } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { findByFormerSlug, findPublished } from '#lib/articles/queries.ts';
import { newId } from '#lib/ids.ts';
import { anonymous } from '#lib/users/rules.ts';
import { publishArticle, scheduleArticle, unpublishArticle } from './articles.ts';
import {
  aWholeArticle,
  day,
  logged,
  queued,
  readable,
  retitled,
  today,
  waiting,
} from './publishing.fixture.ts';

useDatabase();

describe('an article', () => {
  test('goes out, stays with its first day, and says when it was corrected', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const article = await anArticle({ kind: 'news', publishedAt: null, title: 'One' });
    today('2031-03-01');
    expect(await publishArticle(editor, article.id, { correction: true })).toMatchObject({
      ok: true,
    });
    const shown = () => findPublished(article.slug, { mayReadGated: false });
    expect(await shown()).toMatchObject({ publishedAt: day('2031-03-01'), correctedAt: null });
    today('2031-03-02');
    await saveArticle(editor, article.id, 1, retitled(article, 'Two'));
    await publishArticle(editor, article.id);
    expect(await shown()).toMatchObject({
      title: 'Two',
      publishedAt: day('2031-03-01'),
      correctedAt: null,
    });
    today('2031-03-03');
    await saveArticle(editor, article.id, 2, retitled(article, 'Three'));
    await publishArticle(editor, article.id, { correction: true });
    expect(await shown()).toMatchObject({
      title: 'Three',
      publishedAt: day('2031-03-01'),
      correctedAt: day('2031-03-03'),
    });
  });

  test('that is out as it stands is left alone, without an entry', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id } = await anArticle({ kind: 'news' });
    const [before] = await db().select().from(articles).where(eq(articles.id, id));
    const again = await publishArticle(editor, id, { correction: true });
    expect(again).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([]);
    expect(await db().select().from(articles).where(eq(articles.id, id))).toEqual([before]);
    expect(await logged()).toEqual([]);
  });

  test.each<[string, ArticleParts]>([
    ['has no text yet', { body: aBody() }],
    ['has no text yet', { body: aBody('  ') }],
    ['stands in no section', { sectionId: null }],
    ['names no contributor', { bylines: [] }],
  ])('that %s stays in the drawer', async (why, lacking) => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, slug } = await aWholeArticle({ title: 'Tide', ...lacking });
    const refused = { reason: 'blocked', message: `“Tide” ${why}` };
    expect(await publishArticle(editor, id)).toMatchObject(refused);
    expect(await scheduleArticle(editor, id, new Date('2999-01-01'))).toMatchObject(refused);
    expect(await readable(slug)).toBe(false);
    expect(await queued()).toEqual([]);
    expect(await logged()).toEqual([]);
  });

  test('that is news needs neither section nor names', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, slug } = await anArticle({ kind: 'news', publishedAt: null });
    expect((await publishArticle(editor, id)).ok).toBe(true);
    expect(await readable(slug)).toBe(true);
  });

  test('comes off the site whole, with its appointment, and can go out again', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, slug } = await anArticle({ kind: 'news', correctedAt: day('2026-01-01') });
    await scheduleArticle(editor, id, new Date('2999-01-01'));
    expect(await expiredTags()).toEqual([]);
    expect(await unpublishArticle(editor, id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([`article:${slug}`, 'articles', 'news']);
    expect(await readable(slug)).toBe(false);
    expect(await db().select().from(articles).where(eq(articles.id, id))).toMatchObject([
      { publishedRevisionId: null, publishedAt: null, correctedAt: null, scheduledFor: null },
    ]);
    const at = '2999-01-01T00:00:00.000Z';
    const details = await db().select({ detail: auditEntries.detail }).from(auditEntries);
    expect(details.map(({ detail }) => detail)).toMatchObject([
      { from: null, to: at },
      { from: { scheduledFor: at }, to: { publishedAt: null, scheduledFor: null } },
    ]);
    today('2031-03-01');
    expect((await publishArticle(editor, id)).ok).toBe(true);
    expect(await findPublished(slug, { mayReadGated: false })).toMatchObject({
      publishedAt: day('2031-03-01'),
    });
  });

  test('is published, scheduled and taken off by an editor and above alone', async () => {
    const { id, slug } = await aWholeArticle();
    const out = await anArticle();
    const own = await aPerson({ staffRole: 'writer' });
    const mine = await aWholeArticle({ createdBy: own.userId });
    for (const actor of [anonymous, await aPerson(), own]) {
      for (const refused of [
        await publishArticle(actor, id),
        await publishArticle(actor, mine.id),
        await scheduleArticle(actor, id, new Date('2999-01-01')),
        await scheduleArticle(actor, id, null),
        await unpublishArticle(actor, out.id),
      ]) {
        expect(refused).toMatchObject({ reason: 'forbidden' });
      }
    }
    expect([await readable(slug), await readable(mine.slug)]).toEqual([false, false]);
    expect(await readable(out.slug)).toBe(true);
    const editor = await aPerson({ staffRole: 'editor' });
    for (const unknown of [newId(), 'x']) {
      for (const refused of [
        await publishArticle(editor, unknown),
        await scheduleArticle(editor, unknown, null),
        await unpublishArticle(editor, unknown),
      ]) {
        expect(refused).toMatchObject({ reason: 'not_found' });
      }
    }
  });

  test('makes stale every page that shows or showed it, old addresses and sections too', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await anIssue();
    const placement = { issueId: issue.id, department: 'Essays', position: 1 };
    const article = await aWholeArticle({ slug: 'tide', placement, publishedAt: new Date() });
    const section = await aSection();
    const contributor = await aContributor();
    await saveArticle(editor, article.id, 1, {
      ...retitled({ slug: 'ebb' }, 'Ebb'),
      kind: 'article',
      sectionId: section.id,
      bylines: [{ contributorId: contributor.id, role: 'author' }],
    });
    const shownBy = [
      'articles',
      'article:tide',
      'article:ebb',
      `section:${article.section}`,
      `contributor:${article.contributor}`,
      `issue:${issue.slug}`,
    ];
    expect(await expiredTags()).toEqual(shownBy.toSorted());
    await publishArticle(editor, article.id);
    expect(await expiredTags()).toEqual(
      [...shownBy, `section:${section.slug}`, `contributor:${contributor.slug}`].sort(),
    );
    expect(await findByFormerSlug('tide')).toBe('ebb');
  });

  test('makes stale the page that it was chosen for, which could not name it before', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, slug } = await anArticle({ kind: 'news', publishedAt: null });
    const above = await anArticle({ slug: 'above' });
    const chosen = { articleId: above.id, relatedId: id, position: 1 };
    await db().insert(relatedArticles).values(chosen);
    await publishArticle(editor, id);
    expect(await expiredTags()).toEqual(
      ['article:above', `article:${slug}`, 'articles', 'news'].sort(),
    );
  });

  test('that is just being saved goes out as it was saved', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, slug } = await anArticle({ kind: 'news', title: 'Old' });
    const late = newId();
    const publishing: ReturnType<typeof publishArticle>[] = [];
    await db().transaction(async (tx) => {
      await lockArticle(tx, id);
      publishing.push(publishArticle(editor, id));
      await vi.waitFor(async () => expect(await waiting()).toBe(1));
      const values = { title: 'Late', body: aBody('Text.'), teaser: aBody('Text.') };
      await tx
        .insert(revisions)
        .values({ ...values, id: late, articleId: id, number: 2, savedAt: new Date() });
      await tx.update(articles).set({ draftRevisionId: late }).where(eq(articles.id, id));
    });
    expect(await publishing[0]).toMatchObject({ ok: true });
    expect(await findPublished(slug, { mayReadGated: false })).toMatchObject({ title: 'Late' });
  });
});
