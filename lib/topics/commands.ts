import { asc, eq, inArray, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { articles, articleTopics } from '#db/schema/articles.ts';
import { topics } from '#db/schema/contributors.ts';
import { redirects } from '#db/schema/redirects.ts';
import { unlessTaken } from '#db/unique.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import { isId } from '#lib/ids.ts';
import { addressMoved, addressTaken } from '#lib/redirects/commands.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { slugify } from '#lib/slug.ts';
import type { TopicInput } from '#lib/topics/input.ts';
import { type Actor, may } from '#lib/users/rules.ts';

type Refusal = 'forbidden' | 'not_found' | 'taken' | 'invalid';
type Change = Promise<Result<undefined, Refusal>>;

const notYours = () => fail('forbidden', 'Only an editor may change the topics.');
const gone = () => fail('not_found', 'This topic does not exist any more.');
const taken = () => {
  const message = 'Another topic has this address. To make one of the two, merge them.';
  return fail('taken', message, { slug: message });
};
const pathOf = (slug: string) => `/topics/${slug}`;

/** Adds a topic that no article is about yet. Its page is there as soon as something published is. */
export async function createTopic(
  actor: Actor,
  input: TopicInput,
): Promise<Result<{ id: string }, Refusal>> {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const [row] = await tx
      .insert(topics)
      .values(input)
      .onConflictDoNothing({ target: topics.slug })
      .returning({ id: topics.id });
    if (!row) return taken();
    const { name, slug } = input;
    await addressTaken(tx, pathOf(slug));
    await recordAudit(tx, actor, 'topic.create', { kind: 'topic', id: row.id }, { name, slug });
    await expirePages(tx, [articleTags.onTopic(slug)]);
    return ok(row);
  });
}

/** Changes what a topic is called and how it is described. From a former address readers are redirected for good. */
export async function saveTopic(actor: Actor, id: string, input: TopicInput): Change {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const [before] = await lockTopics(tx, [id]);
    if (!before) return gone();
    const write = (inner: Transaction) => inner.update(topics).set(input).where(eq(topics.id, id));
    if (!(await unlessTaken(tx, write))) return taken();
    if (input.slug !== before.slug) await addressMoved(tx, pathOf(before.slug), pathOf(input.slug));
    const { name, slug } = input;
    await recordAudit(
      tx,
      actor,
      'topic.save',
      { kind: 'topic', id },
      { name, ...changedFields(before, input) },
    );
    const pages = await articlePages(tx, id);
    await expirePages(tx, [
      articleTags.latest,
      ...[before.slug, slug].map(articleTags.onTopic),
      ...pages,
    ]);
    return ok();
  });
}

/** Makes one topic of two: articles about `fromId` are about `intoId` from now on, and its address leads there. */
export async function mergeTopics(actor: Actor, fromId: string, intoId: string): Change {
  if (!may(actor, 'articles.edit-any')) return notYours();
  if (fromId === intoId) {
    const message = 'Choose another topic.';
    return fail('invalid', message, { intoId: message });
  }
  return db().transaction(async (tx) => {
    const [from, into] = await lockTopics(tx, [fromId, intoId]);
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
    await addressMoved(tx, pathOf(from.slug), pathOf(into.slug));
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

/** Deletes a topic; its articles are about one thing less. */
export async function removeTopic(actor: Actor, id: string): Change {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const [topic] = await lockTopics(tx, [id]);
    if (!topic) return gone();
    const pages = await articlePages(tx, id);
    const { name, slug } = topic;
    await tx.delete(topics).where(eq(topics.id, id));
    const detail = { name, slug, publishedArticles: pages.length };
    await recordAudit(tx, actor, 'topic.remove', { kind: 'topic', id }, detail);
    await expirePages(tx, [articleTags.latest, articleTags.onTopic(slug), ...pages]);
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

async function lockTopics(tx: Transaction, ids: string[]) {
  const rows = await tx
    .select()
    .from(topics)
    .where(inArray(topics.id, ids.filter(isId)))
    .orderBy(asc(topics.id))
    .for('update');
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
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
