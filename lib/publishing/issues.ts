import { and, asc, eq } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { addJob } from '#db/jobs.ts';
import { articles } from '#db/schema/articles.ts';
import { productPrices, products } from '#db/schema/catalog.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { issuePageTags } from '#lib/issues/queries.ts';
import {
  type LoadedArticle,
  loadForPublishing,
  type PublishReason,
  publishArticle,
  publishWithin,
} from '#lib/publishing/articles.ts';
import { blockersText, issueBlockers } from '#lib/publishing/rules.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may, system } from '#lib/users/rules.ts';

/**
 * Releases an issue: its page, all of its articles and its products become public in one transaction, or nothing does.
 * Releasing one that is out publishes the articles that were placed in it since.
 */
export async function publishIssue(
  actor: Actor,
  id: string,
): Promise<Result<undefined, PublishReason>> {
  if (!may(actor, 'issues.publish')) return fail('forbidden', 'You may not release issues.');
  return db().transaction(async (tx) => {
    const found = await loadIssue(tx, id);
    if (!found) return fail('not_found', 'This issue does not exist any more.');
    const blockers = issueBlockers(found);
    if (blockers.length > 0) return fail('blocked', blockersText(blockers));
    const now = clock.now();
    const publishedAt = found.publishedAt ?? now;
    await tx.update(issues).set({ publishedAt, scheduledFor: null }).where(eq(issues.id, id));
    for (const article of found.articles) await publishWithin(tx, actor, article);
    await expirePages(tx, await issuePageTags(tx, id));
    await recordAudit(
      tx,
      actor,
      'issue.publish',
      { kind: 'issue', id },
      { title: found.title, articles: found.articles.length },
    );
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
    if (at) {
      await addJob(
        tx,
        'publishing.release',
        { kind: 'issue', id },
        { key: `release issue ${id}`, runAt: at },
      );
    }
    await tx.update(issues).set({ scheduledFor: at }).where(eq(issues.id, id));
    const action = at ? 'issue.schedule' : 'issue.unschedule';
    await recordAudit(tx, actor, action, { kind: 'issue', id }, { at: at?.toISOString() ?? null });
    return ok();
  });
}

/**
 * Does what was scheduled, when its minute has come. An appointment that was moved or cancelled since finds nothing due.
 * A blocked release throws, so that the queue tries again and then shows it among the failures.
 */
export async function releaseScheduled(job: {
  kind: 'article' | 'issue';
  id: string;
}): Promise<void> {
  if (!(await isDue(job))) return;
  const done =
    job.kind === 'issue'
      ? await publishIssue(system, job.id)
      : await publishArticle(system, job.id);
  if (!done.ok) throw new Error(`The scheduled ${job.kind} ${job.id} is held up: ${done.message}`);
}

/** Jobs come by the database's clock, which may be somewhat ahead of ours: what is due in a minute is due. */
const clockDifference = 60_000;

async function isDue({ kind, id }: { kind: 'article' | 'issue'; id: string }): Promise<boolean> {
  const table = kind === 'issue' ? issues : articles;
  const [row] = await db()
    .select({ scheduledFor: table.scheduledFor })
    .from(table)
    .where(eq(table.id, id));
  if (!row?.scheduledFor) return false;
  return row.scheduledFor.getTime() <= clock.now().getTime() + clockDifference;
}

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
  const prices = await tx
    .select({ productId: productPrices.productId })
    .from(productPrices)
    .innerJoin(products, eq(products.id, productPrices.productId))
    .where(and(eq(products.issueId, id), eq(products.active, true)));
  return {
    ...issue,
    hasCover: issue.coverId !== null,
    articles: loaded,
    priceCount: prices.length,
  };
}
