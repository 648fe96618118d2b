import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { db } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { articles } from '#db/schema/articles.ts';
import { placements } from '#db/schema/issues.ts';
import { articlePageTags } from '#lib/articles/queries.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { isId } from '#lib/ids.ts';
import { type Plan, placesOf } from '#lib/issues/board.ts';
import { changesBetween, placedAt, placeText } from '#lib/issues/changes.ts';
import { dropLostEditorial } from '#lib/issues/editorial.ts';
import type { PlacementInput } from '#lib/issues/input.ts';
import { type IssueReason, lockIssues, planning } from '#lib/issues/lock.ts';
import { planVersion, readPlan, writePlan } from '#lib/issues/places.ts';
import { issuePageTags } from '#lib/issues/queries.ts';
import { titlesOf } from '#lib/issues/titles.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/**
 * Gives an issue the whole plan at once: its departments, what stands in them in which order, pages and word budgets.
 * Articles that are new in it come from outside of every issue; those that are missing go back there. `version` is that
 * of the plan which this one was made from: where somebody else changed it meanwhile, or placed one of the articles
 * elsewhere, nothing changes (`conflict`). Answers the new version; the same plan again is nothing on record.
 */
export async function arrangeIssue(
  actor: Actor,
  issueId: string,
  { version, plan }: { version: string; plan: Plan },
): Promise<Result<{ version: string }, IssueReason | 'conflict'>> {
  const ids = placesOf(plan).map(({ articleId }) => articleId);
  return planning(
    actor,
    issueId,
    async (tx) => {
      const before = await readPlan(tx, issueId);
      if (planVersion(before) !== version) {
        return fail('conflict', 'Somebody else changed this plan since you opened it.');
      }
      const known = new Set(placesOf(before).map(({ articleId }) => articleId));
      const refused = await refuseUnplaceable(
        tx,
        ids.filter((id) => !known.has(id)),
      );
      if (refused) return refused;
      const after = planVersion(plan);
      if (after === version) return ok({ version });
      const touched = [...new Set([...known, ...ids])];
      const stale = await contentsTags(tx, issueId, touched);
      await writePlan(tx, issueId, plan);
      await dropLostEditorial(tx, actor, issueId);
      await expirePages(tx, [...stale, ...(await contentsTags(tx, issueId, touched))]);
      const subject = { kind: 'issue', id: issueId };
      const titles = await titlesOf(tx, touched);
      await recordAudit(tx, actor, 'issue.arrange', subject, changesBetween(before, plan, titles));
      return ok({ version: after });
    },
    (tx) => holdPlaces(tx, ids),
  );
}

/**
 * Puts an article at the end of a department; one that stands in another issue moves here, and keeps its length and its
 * word budget.
 */
export async function placeArticle(
  actor: Actor,
  issueId: string,
  input: PlacementInput,
): Promise<Result<undefined, IssueReason>> {
  if (!may(actor, 'issues.plan')) return fail('forbidden', 'You may not plan issues.');
  if (!isId(issueId)) return fail('not_found', 'This issue does not exist any more.');
  const { articleId, department, page } = input;
  return db().transaction(async (tx) => {
    await holdPlaces(tx, [articleId]);
    const [article] = await tx
      .select({ id: articles.id, kind: articles.kind })
      .from(articles)
      .where(eq(articles.id, articleId))
      .for('key share');
    const placedIn = await tx
      .select({ id: placements.issueId })
      .from(placements)
      .where(eq(placements.articleId, articleId));
    const locked = await lockIssues(tx, [issueId, ...placedIn.map(({ id }) => id)]);
    if (!article || !locked.some(({ id }) => id === issueId)) {
      return fail('not_found', 'This issue or article does not exist any more.');
    }
    if (article.kind === 'news') return newsRefused();
    const stale = await articlePageTags(tx, [articleId]);
    const [from] = locked.filter(({ id }) => placedIn.some((one) => one.id === id));
    const stood = from ? placedAt(await readPlan(tx, from.id), articleId) : null;
    const { pageCount = null, wordBudget = null } = stood ?? {};
    const place = { articleId, page, pageCount, wordBudget };
    for (const { id } of locked) {
      const without = (await readPlan(tx, id)).map(({ name, places }) => ({
        name,
        places: places.filter((place) => place.articleId !== articleId),
      }));
      if (id === issueId) {
        const known = without.some(({ name }) => name === department);
        const plan = known ? without : [...without, { name: department, places: [] }];
        plan.find(({ name }) => name === department)?.places.push(place);
        // The other issue lets go of it first, since an article has one place.
        await tx.delete(placements).where(eq(placements.articleId, articleId));
        await writePlan(tx, id, plan);
      } else {
        await writePlan(tx, id, without);
        await dropLostEditorial(tx, actor, id);
      }
    }
    for (const { id } of locked) {
      const ids = placesOf(await readPlan(tx, id)).map((place) => place.articleId);
      stale.push(...(await contentsTags(tx, id, ids)));
    }
    await expirePages(tx, stale);
    const into = locked.find(({ id }) => id === issueId);
    const to = placeText({ department, page, pageCount, wordBudget });
    await recordMove(tx, actor, articleId, {
      from: from && { ...from, place: placeText(stood) },
      into: { id: issueId, number: into?.number ?? 0, place: to },
    });
    return ok();
  });
}

type Side = { id: string; number: number; place: ReturnType<typeof placeText> };

/** A move to another issue stands in the log of both. */
async function recordMove(
  tx: Transaction,
  actor: Actor,
  articleId: string,
  { from, into }: { from: Side | undefined; into: Side },
): Promise<void> {
  const title = (await titlesOf(tx, [articleId])).get(articleId) ?? '';
  const leaves = from !== undefined && from.id !== into.id;
  const told = ({ number, place }: Side) => (leaves ? { issue: `No. ${number}`, ...place } : place);
  const detail = { articleId, title, from: from ? told(from) : null, to: told(into) };
  if (leaves) {
    await recordAudit(tx, actor, 'issue.unplace', { kind: 'issue', id: from.id }, detail);
  }
  await recordAudit(tx, actor, 'issue.place', { kind: 'issue', id: into.id }, detail);
}

/**
 * One article is placed by one person after the other, or where it stands would be out of date once known. Held before
 * any issue is locked, in one order.
 */
async function holdPlaces(tx: Transaction, articleIds: string[]): Promise<void> {
  if (articleIds.length === 0) return;
  await tx.execute(sql`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended(id, 0) as key
      from unnest(${sql.param(articleIds)}::text[]) as ids (id) order by 1) as keys`);
}

/** Articles that are gone, are news, or stand in another issue. */
async function refuseUnplaceable(tx: Transaction, ids: string[]) {
  if (ids.length === 0) return null;
  const found = await tx
    .select({ id: articles.id, kind: articles.kind })
    .from(articles)
    .where(inArray(articles.id, ids))
    .orderBy(asc(articles.id))
    .for('key share');
  if (found.length < ids.length) {
    return fail('conflict', 'One of these articles was deleted meanwhile.');
  }
  if (found.some(({ kind }) => kind === 'news')) return newsRefused();
  const elsewhere = await tx.$count(placements, inArray(placements.articleId, ids));
  return elsewhere > 0
    ? fail('conflict', 'Somebody else placed this article in another issue meanwhile.')
    : null;
}

function newsRefused() {
  const why = 'News stands outside the issues.';
  return fail('invalid', why, { articleId: why });
}

/**
 * The order of an issue's contents counts in every list that holds its published articles, and where an article stands
 * on its own page, before the issue is out, too.
 */
async function contentsTags(tx: Transaction, issueId: string, ids: string[]): Promise<string[]> {
  return [...(await issuePageTags(tx, issueId)), ...(await articlePageTags(tx, ids))];
}
