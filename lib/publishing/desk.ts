import { and, count, desc, eq, isNotNull, isNull, not, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { holds } from '#db/holds.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { sections } from '#db/schema/contributors.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { users } from '#db/schema/users.ts';
import { type ArticleKind, type ArticleState, articleState } from '#lib/articles/rules.ts';
import { isId } from '#lib/ids.ts';
import { type Actor, may, type Person } from '#lib/users/rules.ts';
import { seenBy } from '#lib/workflow/access.ts';
import { publicationDay } from '#lib/workflow/day.ts';
import { type Stage, type Standing, standingOf } from '#lib/workflow/rules.ts';
import { hasOpenTask, type OpenTask, openTasks } from '#lib/workflow/tasks.ts';

export type DeskArticle = {
  id: string;
  slug: string;
  kind: ArticleKind;
  title: string;
  state: ArticleState;
  stage: Stage;
  standing: Standing;
  /** Published, with later work that the public does not see yet. */
  changed: boolean;
  scheduledFor: Date | null;
  publishedAt: Date | null;
  savedAt: Date;
  savedBy: string | null;
  section: string | null;
  issue: { id: string; number: number; title: string } | null;
  wordCount: number;
};

/** An article in the list, with what is still to be done for it. */
export type ListedArticle = DeskArticle & { tasks: OpenTask[] };

export type DeskFilters = {
  state?: ArticleState;
  standing?: Standing;
  /** Only what the actor has something to do for. */
  assigned?: boolean;
  /** Only what somebody is late with. */
  late?: boolean;
  sectionId?: string;
  issueId?: string;
  mine?: boolean;
  search?: string;
  /** From 1. */
  page: number;
};

const pageSize = 50;

/**
 * The office's articles, the last worked on first. Writers see their own and what they have something to do for; a stranger
 * sees nothing.
 */
export async function listDesk(
  actor: Actor,
  filters: DeskFilters,
): Promise<{ articles: ListedArticle[]; total: number; pages: number }> {
  if (!may(actor, 'articles.write') || actor.kind !== 'person') {
    return { articles: [], total: 0, pages: 0 };
  }
  const where = await deskCondition(actor, filters);
  const [counted] = await db()
    .select({ total: count() })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .leftJoin(placements, eq(placements.articleId, articles.id))
    .where(where);
  const rows = await deskQuery()
    .where(where)
    .orderBy(desc(revisions.savedAt), desc(articles.id))
    .limit(pageSize)
    .offset((Math.max(1, filters.page) - 1) * pageSize);
  const total = counted?.total ?? 0;
  const tasks = await openTasks(rows.map(({ id }) => id));
  return {
    articles: rows.map((row) => ({ ...toDesk(row), tasks: tasks.get(row.id) ?? [] })),
    total,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  };
}

/** The articles of a list whatever its page, the last worked on first, so many at the most: what is changed in one go. */
export async function listDeskIds(
  actor: Actor,
  filters: Omit<DeskFilters, 'page'>,
  limit: number,
): Promise<string[]> {
  if (!may(actor, 'articles.write') || actor.kind !== 'person') return [];
  const rows = await db()
    .select({ id: articles.id })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .leftJoin(placements, eq(placements.articleId, articles.id))
    .where(await deskCondition(actor, filters))
    .orderBy(desc(revisions.savedAt), desc(articles.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Every article as the office sees it; a `where` has to say which the actor may see. */
export function deskQuery() {
  return db()
    .select({
      id: articles.id,
      slug: articles.slug,
      kind: articles.kind,
      title: revisions.title,
      publishedAt: articles.publishedAt,
      scheduledFor: articles.scheduledFor,
      stage: articles.stage,
      draftRevisionId: articles.draftRevisionId,
      publishedRevisionId: articles.publishedRevisionId,
      savedAt: revisions.savedAt,
      savedBy: users.email,
      section: sections.name,
      issue: { id: issues.id, number: issues.number, title: issues.title },
      department: placements.department,
      page: placements.page,
      wordCount: revisions.wordCount,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .leftJoin(sections, eq(sections.id, revisions.sectionId))
    .leftJoin(placements, eq(placements.articleId, articles.id))
    .leftJoin(issues, eq(issues.id, placements.issueId))
    .leftJoin(users, eq(users.id, revisions.savedBy));
}

export function toDesk(row: Awaited<ReturnType<typeof deskQuery>>[number]): DeskArticle {
  const { draftRevisionId, publishedRevisionId, department: _d, page: _p, ...article } = row;
  const changed = publishedRevisionId !== null && publishedRevisionId !== draftRevisionId;
  return {
    ...article,
    state: articleState(article),
    standing: standingOf({ ...article, changed }),
    changed,
  };
}

async function deskCondition(
  actor: Person,
  filters: Omit<DeskFilters, 'page'>,
): Promise<SQL | undefined> {
  const search = filters.search?.trim();
  return and(
    seenBy(actor),
    filters.mine ? eq(articles.createdBy, actor.userId) : undefined,
    stateCondition(filters.state),
    standingCondition(filters.standing),
    filters.assigned ? hasOpenTask({ userId: actor.userId }) : undefined,
    filters.late ? hasOpenTask({ before: await publicationDay() }) : undefined,
    filters.sectionId && isId(filters.sectionId)
      ? eq(revisions.sectionId, filters.sectionId)
      : undefined,
    filters.issueId && isId(filters.issueId) ? eq(placements.issueId, filters.issueId) : undefined,
    search ? holds(revisions.title, search) : undefined,
  );
}

function stateCondition(state: ArticleState | undefined): SQL | undefined {
  switch (state) {
    case 'published':
      return isNotNull(articles.publishedAt);
    case 'scheduled':
      return and(isNull(articles.publishedAt), isNotNull(articles.scheduledFor));
    case 'draft':
      return and(isNull(articles.publishedAt), isNull(articles.scheduledFor));
    case undefined:
      return undefined;
  }
}

/** The same of where an article stands for the office, as `standingOf` says it of one. */
function standingCondition(standing: Standing | undefined): SQL | undefined {
  const unchanged = eq(articles.publishedRevisionId, articles.draftRevisionId);
  switch (standing) {
    case undefined:
      return undefined;
    case 'published':
      return unchanged;
    case 'scheduled':
      return and(isNotNull(articles.scheduledFor), not(isTrue(unchanged)));
    default:
      return and(
        eq(articles.stage, standing),
        isNull(articles.scheduledFor),
        not(isTrue(unchanged)),
      );
  }
}

const isTrue = (condition: SQL): SQL => sql`(${condition}) is true`;
