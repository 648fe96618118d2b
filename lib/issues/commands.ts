import { and, asc, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { articles } from '#db/schema/articles.ts';
import { issueFormerSlugs, issues, placements } from '#db/schema/issues.ts';
import { lockArticle } from '#lib/articles/commands.ts';
import { articlePageTags } from '#lib/articles/queries.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import { isId } from '#lib/ids.ts';
import { refuseRemoved } from '#lib/issues/chosen.ts';
import type { IssueInput, PlacementInput } from '#lib/issues/input.ts';
import { lastPosition, orderOf, renumber } from '#lib/issues/places.ts';
import { issuePageTags } from '#lib/issues/queries.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type IssueReason = 'forbidden' | 'not_found' | 'taken' | 'invalid' | 'removed';

/** Begins an issue; nobody outside the office sees it before its release. */
export async function createIssue(
  actor: Actor,
  input: IssueInput,
): Promise<Result<{ id: string }, IssueReason>> {
  if (!may(actor, 'issues.plan')) return fail('forbidden', 'You may not plan issues.');
  return db().transaction(async (tx) => {
    const refused = (await refuseTaken(tx, input, null)) ?? (await refuseRemoved(tx, input));
    if (refused) return refused;
    const [row] = await tx
      .insert(issues)
      .values({ ...input, createdBy: actor.kind === 'person' ? actor.userId : null })
      .returning({ id: issues.id });
    if (!row) throw new Error('No issue was made');
    const { title } = input;
    await recordAudit(tx, actor, 'issue.create', { kind: 'issue', id: row.id }, { title });
    return ok(row);
  });
}

/** Changes an issue's data; a published one changes at once, and a former address redirects. */
export async function saveIssue(
  actor: Actor,
  id: string,
  input: IssueInput,
): Promise<Result<undefined, IssueReason>> {
  return planning(actor, id, async (tx, issue) => {
    const refused = (await refuseTaken(tx, input, id)) ?? (await refuseRemoved(tx, input));
    if (refused) return refused;
    if (issue.publishedAt && input.slug !== issue.slug) {
      // Who publishes one of its articles meanwhile would expire the page at the address that the issue had.
      await lockContents(tx, id);
      await tx.delete(issueFormerSlugs).where(eq(issueFormerSlugs.slug, input.slug));
      await tx.insert(issueFormerSlugs).values({ slug: issue.slug, issueId: id });
    }
    const before = await issuePageTags(tx, id);
    const [was] = await tx.select().from(issues).where(eq(issues.id, id));
    await tx.update(issues).set(input).where(eq(issues.id, id));
    await expirePages(tx, [...before, ...(await issuePageTags(tx, id))]);
    const changed = was ? changedFields(was, input) : {};
    await recordAudit(
      tx,
      actor,
      'issue.save',
      { kind: 'issue', id },
      { title: input.title, ...changed },
    );
    return ok();
  });
}

/** Puts an article at the end of an issue; one that stands in another issue moves here. */
export async function placeArticle(
  actor: Actor,
  issueId: string,
  input: PlacementInput,
): Promise<Result<undefined, IssueReason>> {
  if (!may(actor, 'issues.plan')) return fail('forbidden', 'You may not plan issues.');
  if (!isId(issueId)) return fail('not_found', 'This issue does not exist any more.');
  return db().transaction(async (tx) => {
    // One article is placed by one person after the other, or where it stands would be out of date once known.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${input.articleId}, 0))`);
    const [article] = await tx
      .select({ id: articles.id, kind: articles.kind })
      .from(articles)
      .where(eq(articles.id, input.articleId));
    const placedIn = await issueIdOf(tx, input.articleId);
    const locked = await lockIssues(tx, [issueId, ...placedIn]);
    const issue = locked.find(({ id }) => id === issueId);
    const former = locked.find(({ id }) => id !== issueId);
    if (!issue || !article)
      return fail('not_found', 'This issue or article does not exist any more.');
    if (article.kind === 'news') {
      return fail('invalid', 'News stands outside the issues.', {
        articleId: 'News stands outside the issues.',
      });
    }
    await tx.delete(placements).where(eq(placements.articleId, article.id));
    if (former) await renumber(tx, await orderOf(tx, former.id));
    const { department, page } = input;
    await tx
      .insert(placements)
      .values({ issueId, department, page, position: lastPosition, articleId: article.id });
    await renumber(tx, await orderOf(tx, issueId));
    for (const { id } of locked) await expireContents(tx, id);
    await recordAudit(
      tx,
      actor,
      'issue.place',
      { kind: 'issue', id: issueId },
      { articleId: article.id },
    );
    return ok();
  });
}

/** Takes an article out of the issue that it stands in. */
export async function removePlacement(
  actor: Actor,
  issueId: string,
  articleId: string,
): Promise<Result<undefined, IssueReason>> {
  return planning(actor, issueId, async (tx) => {
    const order = await orderOf(tx, issueId);
    if (!order.includes(articleId)) return ok();
    await expireContents(tx, issueId);
    await tx.delete(placements).where(eq(placements.articleId, articleId));
    await renumber(
      tx,
      order.filter((id) => id !== articleId),
    );
    await recordAudit(tx, actor, 'issue.unplace', { kind: 'issue', id: issueId }, { articleId });
    return ok();
  });
}

/** Moves an article one place up or down in the issue's contents. */
export async function movePlacement(
  actor: Actor,
  issueId: string,
  articleId: string,
  direction: 'up' | 'down',
): Promise<Result<undefined, IssueReason>> {
  return planning(actor, issueId, async (tx) => {
    const ids = await orderOf(tx, issueId);
    const from = ids.indexOf(articleId);
    const to = direction === 'up' ? from - 1 : from + 1;
    const other = ids[to];
    if (from === -1 || other === undefined) return ok();
    ids[from] = other;
    ids[to] = articleId;
    await renumber(tx, ids);
    await expireContents(tx, issueId);
    await recordAudit(
      tx,
      actor,
      'issue.reorder',
      { kind: 'issue', id: issueId },
      { articleId, direction },
    );
    return ok();
  });
}

/**
 * Does `work` on an issue that the actor may plan, in one transaction, its row locked. Refuses everybody else, and what
 * is no issue.
 */
export async function planning<T>(
  actor: Actor,
  id: string,
  work: (tx: Transaction, issue: IssueRow) => Promise<Result<T, IssueReason>>,
): Promise<Result<T, IssueReason>> {
  if (!may(actor, 'issues.plan')) return fail('forbidden', 'You may not plan issues.');
  if (!isId(id)) return fail('not_found', 'This issue does not exist any more.');
  return db().transaction(async (tx) => {
    const [issue] = await lockIssues(tx, [id]);
    if (!issue) return fail('not_found', 'This issue does not exist any more.');
    return work(tx, issue);
  });
}

/** Locks an issue's articles until the transaction ends: their pages show it, and its page shows them. */
async function lockContents(tx: Transaction, issueId: string): Promise<void> {
  for (const articleId of await orderOf(tx, issueId)) await lockArticle(tx, articleId);
}

type IssueRow = { id: string; slug: string; publishedAt: Date | null };

/** Issues, locked in the order of their ids, so that two who need the same ones don't wait for each other. */
async function lockIssues(tx: Transaction, ids: string[]): Promise<IssueRow[]> {
  return tx
    .select({ id: issues.id, slug: issues.slug, publishedAt: issues.publishedAt })
    .from(issues)
    .where(inArray(issues.id, ids))
    .orderBy(asc(issues.id))
    .for('update');
}

/**
 * The order of an issue's contents counts in every list that holds its published articles, and where an article stands
 * on its own page, before the issue is out, too.
 */
async function expireContents(tx: Transaction, issueId: string): Promise<void> {
  const articleIds = await orderOf(tx, issueId);
  await expirePages(tx, [
    ...(await issuePageTags(tx, issueId)),
    ...(await articlePageTags(tx, articleIds)),
  ]);
}

async function issueIdOf(tx: Transaction, articleId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: placements.issueId })
    .from(placements)
    .where(eq(placements.articleId, articleId));
  return rows.map(({ id }) => id);
}

/** An address or a number that another issue has (or, for an address, had). */
async function refuseTaken(
  tx: Transaction,
  input: IssueInput,
  exceptId: string | null,
): Promise<Failure<'taken'> | null> {
  const others = await tx
    .select({ slug: issues.slug, number: issues.number })
    .from(issues)
    .where(
      and(
        or(eq(issues.slug, input.slug), eq(issues.number, input.number)),
        exceptId ? ne(issues.id, exceptId) : undefined,
      ),
    );
  const former = await tx
    .select({ slug: issueFormerSlugs.slug })
    .from(issueFormerSlugs)
    .where(
      and(
        eq(issueFormerSlugs.slug, input.slug),
        exceptId ? ne(issueFormerSlugs.issueId, exceptId) : undefined,
      ),
    );
  const fields: Record<string, string> = {};
  if (former.length > 0 || others.some(({ slug }) => slug === input.slug)) {
    fields.slug = 'Another issue has or had this address.';
  }
  if (others.some(({ number }) => number === input.number)) {
    fields.number = 'Another issue has this number.';
  }
  if (Object.keys(fields).length === 0) return null;
  return fail('taken', 'Another issue is in the way.', fields);
}
