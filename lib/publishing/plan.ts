import { and, asc, count, eq, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, bylines, revisions } from '#db/schema/articles.ts';
import { productPrices, products } from '#db/schema/catalog.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { isId } from '#lib/ids.ts';
import { type Blocker, issueBlockers } from '#lib/publishing/rules.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type IssueInWork = {
  id: string;
  number: number;
  title: string;
  onSaleAt: Date;
  blockers: Blocker[];
};

/** The issue that comes out next, of those that are not out yet: the one with the earliest on-sale date. */
export async function findIssueInWork(actor: Actor): Promise<IssueInWork | null> {
  if (!may(actor, 'issues.plan')) return null;
  const [next] = await db()
    .select({
      id: issues.id,
      number: issues.number,
      title: issues.title,
      onSaleAt: issues.onSaleAt,
    })
    .from(issues)
    .where(isNull(issues.publishedAt))
    .orderBy(asc(issues.onSaleAt), asc(issues.number))
    .limit(1);
  return next ? { ...next, blockers: await findIssueBlockers(actor, next.id) } : null;
}

/** What keeps an issue from being released, as things stand; the release itself looks again, under lock. */
export async function findIssueBlockers(actor: Actor, id: string): Promise<Blocker[]> {
  if (!may(actor, 'issues.plan') || !isId(id)) return [];
  const [issue] = await db()
    .select({ title: issues.title, coverId: issues.coverId })
    .from(issues)
    .where(eq(issues.id, id));
  if (!issue) return [];
  const placed = await db()
    .select({
      title: revisions.title,
      kind: articles.kind,
      body: revisions.body,
      sectionId: revisions.sectionId,
      bylineCount: db().$count(bylines, eq(bylines.revisionId, revisions.id)),
    })
    .from(placements)
    .innerJoin(articles, eq(articles.id, placements.articleId))
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(placements.issueId, id))
    .orderBy(asc(placements.position));
  const [prices] = await db()
    .select({ count: count() })
    .from(productPrices)
    .innerJoin(products, eq(products.id, productPrices.productId))
    .where(and(eq(products.issueId, id), eq(products.active, true)));
  return issueBlockers({
    title: issue.title,
    hasCover: issue.coverId !== null,
    articles: placed,
    priceCount: prices?.count ?? 0,
  });
}
