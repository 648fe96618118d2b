import { and, asc, eq, gte, inArray, isNotNull } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { addJob } from '#db/jobs.ts';
import { articles } from '#db/schema/articles.ts';
import { productPrices, products } from '#db/schema/catalog.ts';
import { entitlements } from '#db/schema/entitlements.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { orderLines } from '#db/schema/orders.ts';
import { articlePageTags } from '#lib/articles/queries.ts';
import { recordAudit, settleAlert } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { issuePageTags } from '#lib/issues/queries.ts';
import { alertKey, isDue } from '#lib/publishing/appointments.ts';
import {
  type LoadedArticle,
  loadForPublishing,
  newPaths,
  type PublishReason,
  publishWithin,
} from '#lib/publishing/articles.ts';
import { blockersText, issueBlockers } from '#lib/publishing/rules.ts';
import { addressTaken } from '#lib/redirects/commands.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/**
 * Releases an issue: its page, all of its articles and its products become public in one transaction, or nothing does.
 * Releasing one that is out publishes the articles that were placed in it since; where there are none, nothing happens.
 * `onlyIfDue` leaves an issue alone whose appointment was moved or taken back.
 */
export async function publishIssue(
  actor: Actor,
  id: string,
  { onlyIfDue = false }: { onlyIfDue?: boolean } = {},
): Promise<Result<undefined, PublishReason>> {
  if (!may(actor, 'issues.publish')) return fail('forbidden', 'You may not release issues.');
  return db().transaction(async (tx) => {
    const found = await loadIssue(tx, id);
    if (!found) return fail('not_found', 'This issue does not exist any more.');
    if (onlyIfDue && !isDue(found.scheduledFor)) return ok();
    const waiting = found.articles.filter(
      ({ draftRevisionId, publishedRevisionId }) => draftRevisionId !== publishedRevisionId,
    );
    if (found.publishedAt && waiting.length === 0) return ok();
    const blockers = issueBlockers(found);
    if (blockers.length > 0) return fail('blocked', blockersText(blockers));
    const publishedAt = found.publishedAt ?? clock.now();
    await tx.update(issues).set({ publishedAt, scheduledFor: null }).where(eq(issues.id, id));
    for (const article of found.articles) await publishWithin(tx, actor, article);
    await expirePages(tx, await issuePageTags(tx, id));
    await settleAlert(tx, alertKey({ kind: 'issue', id }));
    await recordAudit(
      tx,
      actor,
      'issue.publish',
      { kind: 'issue', id },
      {
        title: found.title,
        articles: waiting.length,
        from: { publishedAt: found.publishedAt, scheduledFor: found.scheduledFor },
        to: { publishedAt },
      },
    );
    const own = found.publishedAt ? [] : [`/issues/${found.slug}`];
    await addressTaken(tx, actor, [...own, ...(await newPaths(tx, found.articles))]);
    return ok();
  });
}

/** Releases the issue by itself at `at`, which lies ahead; `null` takes the appointment back. */
export async function scheduleIssue(
  actor: Actor,
  id: string,
  at: Date | null,
): Promise<Result<undefined, PublishReason>> {
  if (!may(actor, 'issues.publish')) return fail('forbidden', 'You may not release issues.');
  if (at && !(at > clock.now())) {
    return fail('invalid', 'Choose a time that lies ahead.', {
      at: 'Choose a time that lies ahead.',
    });
  }
  return db().transaction(async (tx) => {
    const found = await loadIssue(tx, id);
    if (!found) return fail('not_found', 'This issue does not exist any more.');
    if (at && found.publishedAt) return fail('invalid', 'This issue is out already.');
    if (at) {
      const job = { kind: 'issue' as const, id };
      await addJob(tx, 'publishing.release', job, { key: `release issue ${id}`, runAt: at });
    }
    await tx.update(issues).set({ scheduledFor: at }).where(eq(issues.id, id));
    await settleAlert(tx, alertKey({ kind: 'issue', id }));
    const action = at ? 'issue.schedule' : 'issue.unschedule';
    const detail = { from: found.scheduledFor, to: at };
    await recordAudit(tx, actor, action, { kind: 'issue', id }, detail);
    return ok();
  });
}

/**
 * Takes a release back, as long as nobody ordered the issue or may read it by a subscription: the issue and every article
 * that came out with it or later leave the site, and the issue before it is the current one again.
 */
export async function withdrawIssue(
  actor: Actor,
  id: string,
): Promise<Result<undefined, PublishReason>> {
  if (!may(actor, 'issues.publish')) return fail('forbidden', 'You may not release issues.');
  return db().transaction(async (tx) => {
    const found = await loadIssue(tx, id);
    if (!found) return fail('not_found', 'This issue does not exist any more.');
    const { publishedAt } = found;
    if (!publishedAt) return ok();
    if (await isSold(tx, id)) {
      return fail('blocked', 'Readers have this issue already: it stays where it is.');
    }
    const placed = found.articles.map((article) => article.id);
    const stale = [...(await issuePageTags(tx, id)), ...(await articlePageTags(tx, placed))];
    const taken = await tx
      .update(articles)
      .set({ publishedRevisionId: null, publishedAt: null, correctedAt: null, scheduledFor: null })
      .where(
        and(
          inArray(articles.id, placed),
          isNotNull(articles.publishedAt),
          gte(articles.publishedAt, publishedAt),
        ),
      )
      .returning({ id: articles.id });
    await tx.update(issues).set({ publishedAt: null }).where(eq(issues.id, id));
    await expirePages(tx, stale);
    await recordAudit(
      tx,
      actor,
      'issue.withdraw',
      { kind: 'issue', id },
      { from: { publishedAt }, to: { publishedAt: null }, articles: taken.map((one) => one.id) },
    );
    return ok();
  });
}

/** Whether somebody ordered the issue, be it paid yet or not, or may read it. */
async function isSold(tx: Transaction, id: string): Promise<boolean> {
  const lines = await tx
    .select({ id: orderLines.id })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .where(eq(products.issueId, id))
    .limit(1);
  return lines.length > 0 || (await tx.$count(entitlements, eq(entitlements.issueId, id))) > 0;
}

/** An issue with all that its release needs, each row of it locked: the issue, its articles, its products. */
async function loadIssue(tx: Transaction, id: string) {
  if (!isId(id)) return null;
  const [issue] = await tx.select().from(issues).where(eq(issues.id, id)).for('update');
  if (!issue) return null;
  const placed = await tx
    .select({ articleId: placements.articleId })
    .from(placements)
    .where(eq(placements.issueId, id))
    .orderBy(asc(placements.position));
  const loaded: LoadedArticle[] = [];
  for (const { articleId } of placed) {
    const article = await loadForPublishing(tx, articleId);
    if (article) loaded.push(article);
  }
  const onSale = await tx
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.issueId, id), eq(products.active, true)))
    .orderBy(asc(products.id))
    .for('update');
  const ids = onSale.map((product) => product.id);
  const priceCount =
    ids.length > 0 ? await tx.$count(productPrices, inArray(productPrices.productId, ids)) : 0;
  return { ...issue, hasCover: issue.coverId !== null, articles: loaded, priceCount };
}
