import { eq, isNull } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { alerts } from '#db/schema/audit.ts';
import { issues } from '#db/schema/issues.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { findPublished } from '#lib/articles/queries.ts';
import { setClock } from '#lib/clock.ts';
import { findIssue } from '#lib/issues/queries.ts';
import { mailFor } from '#lib/orders/outbox.ts';
import { alertKey, givenUpAfter, triedAgainAfter } from './appointments.ts';
import { publishArticle, scheduleArticle } from './articles.ts';
import { releaseScheduled } from './due.ts';
import { scheduleIssue } from './issues.ts';
import {
  aCover,
  aWholeArticle,
  aWholeIssue,
  day,
  logged,
  queued,
  readable,
  retitled,
  today,
  waiting,
} from './publishing.fixture.ts';

useDatabase();

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

  test('that something stands in the way of tells the office once, and is kept once that is mended', async () => {
    const publisher = await aPerson({ staffRole: 'publisher', email: 'publisher@example.org' });
    await aPerson({ staffRole: 'editor' });
    const issue = await aWholeIssue();
    const coverId = await aCover();
    await db().update(issues).set({ coverId: null }).where(eq(issues.id, issue.id));
    today('2031-03-01');
    await scheduleIssue(publisher, issue.id, day('2031-03-02'));
    today('2031-03-02');
    const job = { kind: 'issue' as const, id: issue.id };
    await releaseScheduled(job);
    await releaseScheduled(job);
    expect(await findIssue(issue.slug)).toBeNull();
    const open = async () => db().select().from(alerts).where(isNull(alerts.resolvedAt));
    expect(await open()).toMatchObject([
      { level: 'urgent', message: expect.stringContaining('The cover is missing') },
    ]);
    const waiting = await queued();
    const mails = waiting.filter((one) => 'alertKey' in one.job);
    expect(mails.map((one) => one.job)).toEqual([
      { kind: 'alert', alertKey: `held up issue ${issue.id}`, userId: publisher.userId },
    ]);
    expect(waiting.filter((one) => one.job.kind === 'issue').map(({ at }) => at)).toEqual([
      new Date(day('2031-03-02').getTime() + triedAgainAfter),
    ]);
    await aPublication();
    expect(
      await mailFor({ kind: 'alert', alertKey: alertKey(job), userId: publisher.userId }),
    ).toMatchObject({
      to: 'publisher@example.org',
      text: expect.stringContaining(`/dashboard/issues/${issue.id}`),
    });
    await db().update(issues).set({ coverId }).where(eq(issues.id, issue.id));
    await releaseScheduled(job);
    expect(await expiredTags()).toContain(`issue:${issue.slug}`);
    expect(await readable(issue.first.slug)).toBe(true);
    expect(await open()).toEqual([]);
    await releaseScheduled(job);
    expect(await expiredTags()).toEqual([]);
  });

  test('that is held up for a day lapses, so that nothing comes out days late', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await aWholeIssue();
    const [before] = await db().select().from(issues);
    await db().update(issues).set({ coverId: null });
    today('2031-03-01');
    await scheduleIssue(publisher, issue.id, day('2031-03-02'));
    setClock(() => new Date(day('2031-03-02').getTime() + givenUpAfter + 1));
    const job = { kind: 'issue' as const, id: issue.id };
    await releaseScheduled(job);
    expect((await db().select().from(issues))[0]?.scheduledFor).toBeNull();
    expect((await db().select().from(alerts))[0]?.message).toContain('has lapsed');
    expect((await logged()).at(-1)).toMatchObject({ action: 'issue.lapse', actorId: null });
    await db()
      .update(issues)
      .set({ coverId: before?.coverId ?? null });
    await releaseScheduled(job);
    expect(await findIssue(issue.slug)).toBeNull();
  });

  test('that is taken back at its very minute does not come out', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await aWholeIssue();
    today('2031-03-01');
    await scheduleIssue(publisher, issue.id, day('2031-03-02'));
    today('2031-03-02');
    const releasing: Promise<void>[] = [];
    await db().transaction(async (tx) => {
      await tx.select().from(issues).for('update');
      releasing.push(releaseScheduled({ kind: 'issue', id: issue.id }));
      await vi.waitFor(async () => expect(await waiting()).toBe(1));
      await tx.update(issues).set({ scheduledFor: null });
    });
    await releasing[0];
    expect(await findIssue(issue.slug)).toBeNull();
    expect(await db().$count(alerts)).toBe(0);
  });

  test('lets out what was written until its minute', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await aWholeIssue();
    today('2031-03-01');
    await scheduleIssue(publisher, issue.id, day('2031-03-02'));
    const { sectionId, contributorId } = issue.first;
    await saveArticle(publisher, issue.first.id, 1, {
      ...retitled(issue.first, 'Written late'),
      kind: 'article',
      sectionId,
      bylines: [{ contributorId, role: 'author' }],
    });
    today('2031-03-02');
    await releaseScheduled({ kind: 'issue', id: issue.id });
    expect(await findPublished(issue.first.slug, { mayReadGated: true })).toMatchObject({
      title: 'Written late',
    });
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
