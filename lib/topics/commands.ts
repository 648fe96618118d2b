import { asc, eq, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { articles, articleTopics } from '#db/schema/articles.ts';
import { topics } from '#db/schema/contributors.ts';
import { redirects } from '#db/schema/redirects.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import {
  createHeading,
  type Heading,
  type HeadingRefusal,
  lockHeadings,
  removeHeading,
  saveHeading,
} from '#lib/headings/commands.ts';
import { addressMoved } from '#lib/redirects/commands.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { slugify } from '#lib/slug.ts';
import type { TopicInput } from '#lib/topics/input.ts';
import { type Actor, may } from '#lib/users/rules.ts';

type Change = Promise<Result<undefined, HeadingRefusal | 'invalid'>>;

const pathOf = (slug: string) => `/topics/${slug}`;

const topic: Heading = {
  kind: 'topic',
  table: topics,
  pathOf,
  tagOf: articleTags.onTopic,
  notYours: () => fail('forbidden', 'Only an editor may change the topics.'),
  gone: () => fail('not_found', 'This topic does not exist any more.'),
  taken: () => {
    const message = 'Another topic has this address. To make one of the two, merge them.';
    return fail('taken', message, { slug: message });
  },
  namedOn: articlePages,
  lockArticles: async () => {},
  free: async (tx, id) => {
    const { rowCount } = await tx.delete(articleTopics).where(eq(articleTopics.topicId, id));
    return rowCount ?? 0;
  },
};

/** Adds a topic that no article is about yet. Its page is there as soon as something published is. */
export async function createTopic(
  actor: Actor,
  input: TopicInput,
): Promise<Result<{ id: string }, HeadingRefusal>> {
  return createHeading(topic, actor, input);
}

/** Changes what a topic is called and how it is described. From a former address readers are redirected for good. */
export async function saveTopic(actor: Actor, id: string, input: TopicInput): Change {
  return saveHeading(topic, actor, id, input);
}

/** Deletes a topic; its articles are about one thing less. */
export async function removeTopic(actor: Actor, id: string): Change {
  return removeHeading(topic, actor, id);
}

/** Makes one topic of two: articles about `fromId` are about `intoId` from now on, and its address leads there. */
export async function mergeTopics(actor: Actor, fromId: string, intoId: string): Change {
  if (!may(actor, 'articles.edit-any')) return topic.notYours();
  if (fromId === intoId) {
    const message = 'Choose another topic.';
    return fail('invalid', message, { intoId: message });
  }
  return db().transaction(async (tx) => {
    const [from, into] = await lockHeadings(tx, topics, [fromId, intoId]);
    if (!from || !into) return fail('not_found', 'One of the two does not exist any more.');
    const pages = await articlePages(tx, fromId);
    await tx.execute(sql`
      insert into ${articleTopics} (article_id, topic_id)
      select article_id, ${intoId}::uuid from ${articleTopics} where topic_id = ${fromId}::uuid
      on conflict do nothing`);
    await tx.delete(topics).where(eq(topics.id, fromId));
    await tx
      .update(topics)
      .set({ description: into.description || from.description })
      .where(eq(topics.id, intoId));
    await addressMoved(tx, actor, pathOf(from.slug), pathOf(into.slug));
    await recordAudit(
      tx,
      actor,
      'topic.merge',
      { kind: 'topic', id: intoId },
      { from: { id: fromId, name: from.name, slug: from.slug }, into: { name: into.name } },
    );
    await expirePages(tx, [
      articleTags.latest,
      ...[from.slug, into.slug].map(articleTags.onTopic),
      ...pages,
    ]);
    return ok();
  });
}

/**
 * The topics that go by these names, each held until the transaction ends; those that aren't there are made. A name finds
 * a topic that is called so, whatever its address, and one whose former address it is.
 */
export async function holdTopics(
  tx: Transaction,
  names: readonly string[],
): Promise<{ id: string; slug: string }[]> {
  // Of names with one address, the first.
  const wanted = new Map(names.toReversed().map((name) => [slugify(name), name.trim()]));
  wanted.delete('');
  const held: { id: string; slug: string }[] = [];
  // In one order, so that two who make the same topics don't wait for each other.
  for (const [slug, name] of [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    // Asked twice: one that was merged away while this waited for it is found under the other's name.
    const present = (await holdTopic(tx, slug, name)) ?? (await holdTopic(tx, slug, name));
    const topic = present ?? (await makeTopic(tx, slug, name));
    if (topic && !held.some(({ id }) => id === topic.id)) held.push(topic);
  }
  return held;
}

async function holdTopic(tx: Transaction, slug: string, name: string) {
  const [row] = await tx
    .select({ id: topics.id, slug: topics.slug })
    .from(topics)
    .where(sql`lower(${topics.name}) = lower(${name}) or ${topics.slug} = ${slug}
      or ${topics.slug} = (select substring(target from '^/topics/([^/?#]+)$') from ${redirects}
        where from_path = ${pathOf(slug)})`)
    .orderBy(sql`lower(${topics.name}) = lower(${name}) desc`, asc(topics.slug))
    .limit(1)
    .for('key share');
  return row ?? null;
}

async function makeTopic(tx: Transaction, slug: string, name: string) {
  await tx.insert(topics).values({ slug, name }).onConflictDoNothing();
  return holdTopic(tx, slug, name);
}

/** The tags of the articles' own pages, which name their topics; what isn't published has none. */
async function articlePages(tx: Transaction, topicId: string): Promise<string[]> {
  const rows = await tx
    .select({ slug: articles.slug })
    .from(articleTopics)
    .innerJoin(articles, eq(articles.id, articleTopics.articleId))
    .where(sql`${articleTopics.topicId} = ${topicId} and ${articles.publishedAt} is not null`);
  return rows.map(({ slug }) => articleTags.one(slug));
}
