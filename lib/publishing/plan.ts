import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, bylines, revisionPictures, revisions } from '#db/schema/articles.ts';
import { productPrices, products } from '#db/schema/catalog.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { isId } from '#lib/ids.ts';
import { readPlan } from '#lib/issues/places.ts';
import { type Blocker, issueBlockers, issueWarnings } from '#lib/publishing/rules.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { standingOf } from '#lib/workflow/rules.ts';

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
  return next ? { ...next, blockers: (await findReadiness(actor, next.id)).blockers } : null;
}

/** What keeps an issue from being released, and what is odd about it. */
export type Readiness = {
  blockers: Blocker[];
  warnings: Blocker[];
  /** How many of its articles are not on the site, or not as they stand here. */
  waiting: number;
};

/** How far an issue is, as things stand; the release itself looks again, under lock. */
export async function findReadiness(actor: Actor, id: string): Promise<Readiness> {
  const nothing = { blockers: [], warnings: [], waiting: 0 };
  if (!may(actor, 'issues.plan') || !isId(id)) return nothing;
  const [issue] = await db()
    .select({
      title: issues.title,
      coverId: issues.coverId,
      coverAlt: mediaAssets.alt,
      pageCount: issues.pageCount,
      description: issues.description,
    })
    .from(issues)
    .leftJoin(mediaAssets, eq(mediaAssets.id, issues.coverId))
    .where(eq(issues.id, id));
  if (!issue) return nothing;
  const [plan, placed, offers] = await Promise.all([
    readPlan(db(), id),
    placedArticles(id),
    offersOf(id),
  ]);
  return {
    waiting: placed.filter(({ publishedAt, changed }) => !publishedAt || changed).length,
    blockers: issueBlockers({
      title: issue.title,
      hasCover: issue.coverId !== null,
      articles: placed,
      priceCount: offers.reduce((sum, { prices }) => sum + prices, 0),
    }),
    warnings: issueWarnings({
      plan,
      pageCount: issue.pageCount,
      articles: placed.map((article) => ({ ...article, standing: standingOf(article) })),
      coverAlt: issue.coverAlt,
      description: issue.description,
      printStock: offers.find(({ edition }) => edition === 'print')?.stock ?? null,
    }),
  };
}

/** What the release of an issue does to the current one, the released issue that went on sale last. */
export async function findStepBack(
  actor: Actor,
  issue: { id: string; onSaleAt: Date; number: number },
): Promise<{ current: string; stepsBack: boolean } | null> {
  if (!may(actor, 'issues.plan')) return null;
  const [current] = await db()
    .select({
      id: issues.id,
      number: issues.number,
      title: issues.title,
      onSaleAt: issues.onSaleAt,
    })
    .from(issues)
    .where(isNotNull(issues.publishedAt))
    .orderBy(desc(issues.onSaleAt), desc(issues.number))
    .limit(1);
  if (!current || current.id === issue.id) return null;
  const later = issue.onSaleAt.getTime() - current.onSaleAt.getTime();
  return {
    current: `No. ${current.number}, ${current.title}`,
    stepsBack: later > 0 || (later === 0 && issue.number > current.number),
  };
}

function placedArticles(issueId: string) {
  const silent = db()
    .select({ count: sql<number>`count(*)::int` })
    .from(revisionPictures)
    .innerJoin(mediaAssets, eq(mediaAssets.id, revisionPictures.mediaId))
    .where(and(eq(revisionPictures.revisionId, revisions.id), eq(mediaAssets.alt, '')));
  return db()
    .select({
      id: articles.id,
      title: revisions.title,
      kind: articles.kind,
      body: revisions.body,
      sectionId: revisions.sectionId,
      wordCount: revisions.wordCount,
      stage: articles.stage,
      publishedAt: articles.publishedAt,
      scheduledFor: articles.scheduledFor,
      changed: sql<boolean>`coalesce(${articles.publishedRevisionId} <> ${articles.draftRevisionId}, false)`,
      bylineCount: db().$count(bylines, eq(bylines.revisionId, revisions.id)),
      silentPictures: sql<number>`(${silent})`,
    })
    .from(placements)
    .innerJoin(articles, eq(articles.id, placements.articleId))
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(placements.issueId, issueId))
    .orderBy(asc(placements.position));
}

/** What the issue is sold as, with how many prices each has. */
function offersOf(issueId: string) {
  return db()
    .select({
      edition: products.edition,
      stock: products.stock,
      prices: db().$count(productPrices, eq(productPrices.productId, products.id)),
    })
    .from(products)
    .where(and(eq(products.issueId, issueId), eq(products.active, true)));
}
