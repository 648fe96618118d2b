import { asc, eq, sql } from 'drizzle-orm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type ArticleParts,
  aBody,
  aContributor,
  anArticle,
  aSection,
} from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles, relatedArticles, revisions } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { issues } from '#db/schema/issues.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { findByFormerSlug, findPublished } from '#lib/articles/queries.ts';
import { issueForSale } from '#lib/catalog/queries.ts';
import { setClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { findIssue } from '#lib/issues/queries.ts';
import { anonymous } from '#lib/users/rules.ts';
import { publishArticle, scheduleArticle, unpublishArticle } from './articles.ts';
import { publishIssue, releaseScheduled, scheduleIssue } from './issues.ts';

useDatabase();
afterEach(() => setClock(null));

const day = (text: string) => new Date(`${text}T10:00:00Z`);
const today = (text: string) => setClock(() => day(text));

/** An article that may go out. */
async function aWholeArticle(parts: ArticleParts = {}) {
  const section = await aSection();
  const contributor = await aContributor();
  const article = await anArticle({
    publishedAt: null,
    sectionId: section.id,
    bylines: [{ contributorId: contributor.id, role: 'author' }],
    ...parts,
  });
  return { ...article, section: section.slug, contributor: contributor.slug };
}

async function aCover(): Promise<string> {
  const id = newId();
  await db().insert(mediaAssets).values({
    id,
    storageKey: id,
    filename: 'cover.png',
    type: 'image/png',
    bytes: 1,
    width: 640,
    height: 800,
    hash: id,
    alt: 'A cover',
  });
  return id;
}

/** An issue in work that lacks nothing: a cover, two articles, a product with a price. */
async function aWholeIssue() {
  const issue = await anIssue({ publishedAt: null, coverId: await aCover() });
  const at = (position: number) => ({ issueId: issue.id, department: 'Essays', position });
  const [first, second] = [
    await aWholeArticle({ placement: at(1) }),
    await aWholeArticle({ placement: at(2), access: 'gated' }),
  ];
  await aProduct({ issueId: issue.id });
  return { ...issue, first, second };
}

const readable = async (slug: string) =>
  (await findPublished(slug, { mayReadGated: true })) !== null;

/** The form of a save that changes the title alone. */
const retitled = (article: { slug: string }, title: string) => ({
  title,
  slug: article.slug,
  kind: 'news' as const,
  kicker: '',
  standfirst: '',
  access: 'free' as const,
  sectionId: null,
  pictureId: null,
  body: aBody('Text.'),
  bylines: [],
  topics: [],
});

const logged = async () =>
  (await db().select().from(auditEntries).orderBy(asc(auditEntries.at), asc(auditEntries.id))).map(
    ({ action, actorId, subjectId }) => ({ action, actorId, subjectId }),
  );

/** What waits in the queue: when, and with what. */
async function queued() {
  const { rows } = await db().execute<{ run_at: string; payload: { kind: 'issue'; id: string } }>(
    sql`select run_at, payload from graphile_worker._private_jobs order by run_at`,
  );
  return rows.map(({ run_at, payload }) => ({ at: new Date(run_at), job: payload }));
}

/** How many transactions wait for another one to end. */
async function waiting(): Promise<number> {
  const { rows } = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

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

describe('an appointment', () => {
  test('is kept: the job comes at its time and publishes as the system, once', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, slug } = await aWholeArticle();
    today('2031-03-01');
    const at = day('2031-03-02');
    expect(await scheduleArticle(editor, id, at)).toMatchObject({ ok: true });
    const job = { kind: 'article' as const, id };
    expect(await queued()).toEqual([{ at, job }]);
    await releaseScheduled(job);
    expect(await readable(slug)).toBe(false);
    expect(await expiredTags()).toEqual([]);
    today('2031-03-02');
    await releaseScheduled(job);
    expect(await expiredTags()).toContain(`article:${slug}`);
    expect(await findPublished(slug, { mayReadGated: false })).toMatchObject({ publishedAt: at });
    await releaseScheduled(job);
    expect(await expiredTags()).toEqual([]);
    expect(await logged()).toEqual([
      { action: 'article.schedule', actorId: editor.userId, subjectId: id },
      { action: 'article.publish', actorId: null, subjectId: id },
    ]);
  });

  test('is kept though the database’s clock, which sent the job, is ahead of ours', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, slug } = await aWholeArticle();
    today('2031-03-01');
    await scheduleArticle(editor, id, day('2031-03-02'));
    setClock(() => new Date(day('2031-03-02').getTime() - 2_000));
    await releaseScheduled({ kind: 'article', id });
    expect(await readable(slug)).toBe(true);
  });

  test('that was moved or taken back does nothing at its old time', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const moved = await aWholeArticle();
    const cancelled = await aWholeArticle();
    today('2031-03-01');
    await scheduleArticle(editor, moved.id, day('2031-03-02'));
    await scheduleArticle(editor, moved.id, day('2031-03-09'));
    await scheduleArticle(editor, cancelled.id, day('2031-03-02'));
    await scheduleArticle(editor, cancelled.id, null);
    const kind = 'article' as const;
    expect((await queued()).filter(({ job }) => job.id === moved.id)).toEqual([
      { at: day('2031-03-09'), job: { kind, id: moved.id } },
    ]);
    today('2031-03-02');
    for (const { id, slug } of [moved, cancelled]) {
      await releaseScheduled({ kind, id });
      expect(await expiredTags()).toEqual([]);
      expect(await readable(slug)).toBe(false);
    }
    today('2031-03-09');
    await releaseScheduled({ kind, id: moved.id });
    expect(await readable(moved.slug)).toBe(true);
  });

  test('of what went out by hand in the meantime is over, changed text or not', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    today('2031-03-01');
    const early = await aWholeArticle();
    const same = await anArticle({ kind: 'news' });
    for (const { id } of [early, same]) {
      await scheduleArticle(editor, id, day('2031-03-02'));
      await publishArticle(editor, id);
      await expiredTags();
      expect(await db().select().from(articles).where(eq(articles.id, id))).toMatchObject([
        { scheduledFor: null },
      ]);
      today('2031-03-02');
      await releaseScheduled({ kind: 'article', id });
      expect(await expiredTags()).toEqual([]);
      today('2031-03-01');
    }
  });

  test('lies ahead, or is refused', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const article = await aWholeArticle();
    const issue = await aWholeIssue();
    today('2031-03-02');
    for (const at of [day('2031-03-01'), day('2031-03-02'), new Date(Number.NaN)]) {
      for (const refused of [
        await scheduleArticle(publisher, article.id, at),
        await scheduleIssue(publisher, issue.id, at),
      ]) {
        expect(refused).toMatchObject({ reason: 'invalid', fields: { at: expect.any(String) } });
      }
    }
    expect(await queued()).toEqual([]);
  });

  test('that something stands in the way of fails aloud, and is kept once that is mended', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await aWholeIssue();
    const coverId = await aCover();
    await db().update(issues).set({ coverId: null }).where(eq(issues.id, issue.id));
    today('2031-03-01');
    await scheduleIssue(publisher, issue.id, day('2031-03-02'));
    today('2031-03-02');
    const job = { kind: 'issue' as const, id: issue.id };
    await expect(releaseScheduled(job)).rejects.toThrow(/The cover is missing/);
    await db().update(issues).set({ coverId }).where(eq(issues.id, issue.id));
    await releaseScheduled(job);
    expect(await expiredTags()).toContain(`issue:${issue.slug}`);
    expect(await readable(issue.first.slug)).toBe(true);
    await releaseScheduled(job);
    expect(await expiredTags()).toEqual([]);
  });

  test('for an issue can be moved and taken back', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await aWholeIssue();
    const job = { kind: 'issue' as const, id: issue.id };
    today('2031-03-01');
    await scheduleIssue(publisher, issue.id, day('2031-03-02'));
    await scheduleIssue(publisher, issue.id, day('2031-03-09'));
    expect(await queued()).toEqual([{ at: day('2031-03-09'), job }]);
    await scheduleIssue(publisher, issue.id, null);
    today('2031-03-09');
    await releaseScheduled(job);
    expect(await expiredTags()).toEqual([]);
    expect(await findIssue(issue.slug)).toBeNull();
    expect((await logged()).map(({ action }) => action).sort()).toEqual([
      'issue.schedule',
      'issue.schedule',
      'issue.unschedule',
    ]);
  });
});

describe('an issue', () => {
  test('comes out whole: its page, all that was placed in it, and its products', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await aWholeIssue();
    expect(await issueForSale(issue.slug)).toBeNull();
    today('2031-03-01');
    await publishIssue(publisher, issue.id);
    const { first, second } = issue;
    expect(await expiredTags()).toEqual(
      [
        'issues',
        'articles',
        `issue:${issue.slug}`,
        `offers:${issue.id}`,
        ...[first, second].flatMap((article) => [
          `article:${article.slug}`,
          `section:${article.section}`,
          `contributor:${article.contributor}`,
        ]),
      ].sort(),
    );
    const shown = await findIssue(issue.slug);
    expect(shown?.contents.flatMap((part) => part.articles.map(({ slug }) => slug))).toEqual([
      issue.first.slug,
      issue.second.slug,
    ]);
    expect(await findPublished(issue.second.slug, { mayReadGated: true })).toMatchObject({
      publishedAt: day('2031-03-01'),
    });
    expect(await issueForSale(issue.slug)).toMatchObject({ products: [{ edition: 'print' }] });
    expect((await logged()).map(({ action }) => action).sort()).toEqual([
      'article.publish',
      'article.publish',
      'issue.publish',
    ]);
  });

  test('stays closed whole where one article is not ready', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await aWholeIssue();
    const placement = { issueId: issue.id, department: 'Essays', position: 3 };
    const bare = await anArticle({ title: 'Bare', publishedAt: null, placement });
    expect(await publishIssue(publisher, issue.id)).toMatchObject({
      reason: 'blocked',
      message: '“Bare” stands in no section; “Bare” names no contributor',
    });
    for (const { slug } of [issue.first, issue.second, bare]) {
      expect(await readable(slug)).toBe(false);
    }
    expect(await findIssue(issue.slug)).toBeNull();
    expect(await issueForSale(issue.slug)).toBeNull();
    expect(await logged()).toEqual([]);
  });

  test('stays closed whole where the database fails at the last step', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await aWholeIssue();
    await db().execute(
      sql`alter table audit_entries add constraint broken check (action <> 'issue.publish')`,
    );
    await expect(publishIssue(publisher, issue.id)).rejects.toThrow();
    await db().execute(sql`alter table audit_entries drop constraint broken`);
    expect(await readable(issue.first.slug)).toBe(false);
    expect(await findIssue(issue.slug)).toBeNull();
    expect(await logged()).toEqual([]);
  });

  test('without cover, contents or a price of something on sale stays closed', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await anIssue({ publishedAt: null });
    await aProduct({ issueId: issue.id, active: false });
    expect(await publishIssue(publisher, issue.id)).toMatchObject({
      reason: 'blocked',
      message: 'The cover is missing; The contents are empty; The prices are missing',
    });
    expect(await findIssue(issue.slug)).toBeNull();
  });

  test('released again keeps its day and takes out what was placed or changed since', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await aWholeIssue();
    today('2031-03-01');
    await publishIssue(publisher, issue.id);
    today('2031-03-02');
    const placement = { issueId: issue.id, department: 'Letters', position: 3 };
    const late = await aWholeArticle({ placement });
    await publishIssue(publisher, issue.id);
    expect(await db().select().from(issues)).toMatchObject([{ publishedAt: day('2031-03-01') }]);
    const shown = (slug: string) => findPublished(slug, { mayReadGated: true });
    expect(await shown(issue.first.slug)).toMatchObject({ publishedAt: day('2031-03-01') });
    expect(await shown(late.slug)).toMatchObject({ publishedAt: day('2031-03-02') });
  });

  test('is released and scheduled by a publisher and above alone', async () => {
    const issue = await aWholeIssue();
    const others = [anonymous, await aPerson()];
    for (const staffRole of ['writer', 'editor'] as const)
      others.push(await aPerson({ staffRole }));
    for (const actor of others) {
      for (const refused of [
        await publishIssue(actor, issue.id),
        await scheduleIssue(actor, issue.id, new Date('2999-01-01')),
        await scheduleIssue(actor, issue.id, null),
      ]) {
        expect(refused).toMatchObject({ reason: 'forbidden' });
      }
    }
    const admin = await aPerson({ staffRole: 'admin' });
    for (const unknown of [newId(), 'x']) {
      expect(await publishIssue(admin, unknown)).toMatchObject({ reason: 'not_found' });
      expect(await scheduleIssue(admin, unknown, null)).toMatchObject({ reason: 'not_found' });
    }
    expect((await publishIssue(admin, issue.id)).ok).toBe(true);
  });
});
