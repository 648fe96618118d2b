import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { issues } from '#db/schema/issues.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { findPublished } from '#lib/articles/queries.ts';
import { issueForSale } from '#lib/catalog/queries.ts';
import { newId } from '#lib/ids.ts';
import { findCurrentIssue, findIssue } from '#lib/issues/queries.ts';
import { anonymous } from '#lib/users/rules.ts';
import { publishIssue, scheduleIssue, withdrawIssue } from './issues.ts';
import { findStepBack } from './plan.ts';
import { aWholeArticle, aWholeIssue, day, logged, readable, today } from './publishing.fixture.ts';

useDatabase();

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

  test('released twice at once comes out once', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await aWholeIssue();
    const results = await Promise.all([1, 2, 3].map(() => publishIssue(publisher, issue.id)));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect((await logged()).map(({ action }) => action).sort()).toEqual([
      'article.publish',
      'article.publish',
      'issue.publish',
    ]);
  });

  test('that is out becomes the current one, and the one before it steps back', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const former = await anIssue({ onSaleAt: day('2031-01-01') });
    const issue = await aWholeIssue();
    await db()
      .update(issues)
      .set({ onSaleAt: day('2031-02-01') })
      .where(eq(issues.id, issue.id));
    expect(await findCurrentIssue()).toMatchObject({ id: former.id });
    const [row] = await db().select().from(issues).where(eq(issues.id, issue.id));
    const ahead = { id: issue.id, number: issue.number, onSaleAt: day('2031-02-01') };
    expect(row && (await findStepBack(publisher, ahead))).toMatchObject({ stepsBack: true });
    expect(await findStepBack(publisher, { ...ahead, onSaleAt: day('2030-01-01') })).toMatchObject({
      stepsBack: false,
    });
    await publishIssue(publisher, issue.id);
    expect(await expiredTags()).toContain('issues');
    expect(await findCurrentIssue()).toMatchObject({ id: issue.id });
  });
});

describe('a release is taken back', () => {
  test('as if it had not been: the issue, its articles and its products leave the site', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const former = await anIssue({ onSaleAt: day('2031-01-01') });
    const issue = await aWholeIssue();
    const placement = { issueId: issue.id, department: 'Essays', position: 3 };
    today('2031-03-01');
    const early = await aWholeArticle({ placement, publishedAt: day('2031-02-01') });
    await publishIssue(publisher, issue.id);
    await expiredTags();
    expect(await withdrawIssue(publisher, issue.id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(
      expect.arrayContaining(['issues', `issue:${issue.slug}`, `article:${issue.first.slug}`]),
    );
    expect(await findIssue(issue.slug)).toBeNull();
    expect(await issueForSale(issue.slug)).toBeNull();
    expect([await readable(issue.first.slug), await readable(issue.second.slug)]).toEqual([
      false,
      false,
    ]);
    expect(await readable(early.slug)).toBe(true);
    expect(await findCurrentIssue()).toMatchObject({ id: former.id });
    expect(await publishIssue(publisher, issue.id)).toMatchObject({ ok: true });
    expect(await readable(issue.first.slug)).toBe(true);
  });

  test('as long as nobody ordered it, and by a publisher and above alone', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await anIssue();
    const product = await aProduct({ issueId: issue.id });
    for (const actor of [anonymous, await aPerson(), await aPerson({ staffRole: 'editor' })]) {
      expect(await withdrawIssue(actor, issue.id)).toMatchObject({ reason: 'forbidden' });
    }
    expect(await withdrawIssue(publisher, newId())).toMatchObject({ reason: 'not_found' });
    await anOrder({ productId: product.id });
    expect(await withdrawIssue(publisher, issue.id)).toMatchObject({ reason: 'blocked' });
    expect(await findIssue(issue.slug)).not.toBeNull();
    expect(await logged()).toEqual([]);
  });
});
