import { and, asc, count, eq, exists, isNotNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { holds } from '#db/holds.ts';
import { articles, articleTopics } from '#db/schema/articles.ts';
import { topics } from '#db/schema/contributors.ts';
import { isId } from '#lib/ids.ts';
import type { Topic } from '#lib/topics/rules.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/** A topic that something published is about. Others are in work: their names are the office's own. */
export async function findTopic(slug: string): Promise<Topic | null> {
  const [row] = await db()
    .select({ slug: topics.slug, name: topics.name, description: topics.description })
    .from(topics)
    .where(and(eq(topics.slug, slug), isPublic()));
  return row ?? null;
}

/** The addresses of topics that have a page, at most `limit`. */
export async function listTopicSlugs(limit: number): Promise<string[]> {
  const rows = await db()
    .select({ slug: topics.slug })
    .from(topics)
    .where(isPublic())
    .orderBy(asc(topics.slug))
    .limit(limit);
  return rows.map(({ slug }) => slug);
}

/** A topic as the office lists it. `articleCount` counts drafts, too. */
export type DeskTopic = { id: string; slug: string; name: string; articleCount: number };

const pageSize = 50;

/** Those whose name holds `search`, for who may change them. `page` counts from 1. */
export async function listTopics(
  actor: Actor,
  { search, page }: { search: string; page: number },
): Promise<{ topics: DeskTopic[]; total: number; pages: number }> {
  if (!may(actor, 'articles.edit-any')) return { topics: [], total: 0, pages: 0 };
  const part = search.replaceAll('\0', '').trim();
  const where = part ? holds(topics.name, part) : undefined;
  const total = await db().$count(topics, where);
  const rows = await db()
    .select({
      id: topics.id,
      slug: topics.slug,
      name: topics.name,
      articleCount: count(articleTopics.articleId),
    })
    .from(topics)
    .leftJoin(articleTopics, eq(articleTopics.topicId, topics.id))
    .where(where)
    .groupBy(topics.id)
    .orderBy(asc(topics.name), asc(topics.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { topics: rows, total, pages: Math.max(1, Math.ceil(total / pageSize)) };
}

/** A topic for who may change it, with all others to merge it into, or `null`. `published`: it has a page. */
export async function findDeskTopic(
  actor: Actor,
  id: string,
): Promise<
  | (Topic & {
      id: string;
      articleCount: number;
      published: boolean;
      others: { id: string; name: string }[];
    })
  | null
> {
  if (!may(actor, 'articles.edit-any') || !isId(id)) return null;
  const [row] = await db().select().from(topics).where(eq(topics.id, id));
  if (!row) return null;
  const [used] = await db()
    .select({ articleCount: count(), publishedCount: count(articles.publishedAt) })
    .from(articleTopics)
    .innerJoin(articles, eq(articles.id, articleTopics.articleId))
    .where(eq(articleTopics.topicId, id));
  const all = await db()
    .select({ id: topics.id, name: topics.name })
    .from(topics)
    .orderBy(asc(topics.name));
  return {
    ...row,
    articleCount: used?.articleCount ?? 0,
    published: (used?.publishedCount ?? 0) > 0,
    others: all.filter((other) => other.id !== id),
  };
}

function isPublic() {
  return exists(
    db()
      .select({ id: articles.id })
      .from(articleTopics)
      .innerJoin(articles, eq(articles.id, articleTopics.articleId))
      .where(and(eq(articleTopics.topicId, topics.id), isNotNull(articles.publishedAt))),
  );
}
