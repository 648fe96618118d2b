import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import {
  articleFormerSlugs,
  articles,
  articleTopics,
  bylines,
  revisions,
} from '#db/schema/articles.ts';
import { topics } from '#db/schema/contributors.ts';
import { bodyText, emptyBody, teaser, wordCount } from '#lib/articles/body.ts';
import { refuseRemoved } from '#lib/articles/chosen.ts';
import type { ArticleInput } from '#lib/articles/input.ts';
import { articlePageTags } from '#lib/articles/queries.ts';
import type { ArticleKind } from '#lib/articles/rules.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId, newId } from '#lib/ids.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { slugify } from '#lib/slug.ts';
import { holdTopics } from '#lib/topics/commands.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { writersOfArticle } from '#lib/workflow/access.ts';
import { type Stage, whyNotEdit } from '#lib/workflow/rules.ts';

/** How much of a gated text a stranger sees, in words. */
const teaserWords = 120;

/** Begins an article as a draft of the actor's. Its address is made from the title and can be changed until later. */
export async function createArticle(
  actor: Actor,
  { title, kind }: { title: string; kind: ArticleKind },
): Promise<Result<{ id: string }, 'forbidden' | 'invalid'>> {
  if (!may(actor, 'articles.write')) return fail('forbidden', 'You may not write articles.');
  const named = title.trim().slice(0, 300);
  if (!named) {
    return fail('invalid', 'An article needs a title.', { title: 'An article needs a title.' });
  }
  const id = newId();
  const revisionId = newId();
  const userId = actor.kind === 'person' ? actor.userId : null;
  const body = emptyBody();
  await db().transaction(async (tx) => {
    const slug = await freeSlug(tx, slugify(named) || 'article');
    await tx
      .insert(articles)
      .values({ id, slug, kind, draftRevisionId: revisionId, createdBy: userId });
    await tx.insert(revisions).values({
      id: revisionId,
      articleId: id,
      number: 1,
      title: named,
      body,
      teaser: body,
      savedBy: userId,
      savedAt: clock.now(),
    });
    await recordAudit(tx, actor, 'article.create', { kind: 'article', id }, { title: named });
  });
  return ok({ id });
}

export type SaveReason = 'forbidden' | 'not_found' | 'conflict' | 'slug_taken' | 'removed';

/**
 * Saves the working copy. A published article keeps showing what was published: the first save after that opens a new
 * revision. Only its address, kind and topics, which are no part of a revision, change on the site at once. `version` is
 * the one the editor began from; a save against an older one is refused and changes nothing. Answers the new version.
 */
export async function saveArticle(
  actor: Actor,
  id: string,
  version: number,
  input: ArticleInput,
): Promise<Result<{ version: number }, SaveReason>> {
  if (!may(actor, 'articles.write')) return fail('forbidden', 'You may not write articles.');
  return db().transaction(async (tx) => {
    const current = await lockDraft(tx, id);
    if (!current) return fail('not_found', 'This article does not exist any more.');
    const whyNot = whyNotEdit(actor, current);
    if (whyNot) return fail('forbidden', whyNot);
    if (current.version !== version) {
      return fail('conflict', 'Somebody else saved this article since you opened it.');
    }
    if (await slugTaken(tx, input.slug, id)) {
      return fail('slug_taken', 'Another article has or had this address.', {
        slug: 'Another article has or had this address.',
      });
    }
    const removed = await refuseRemoved(tx, input);
    if (removed) return removed;
    const moves = input.slug !== current.slug || input.kind !== current.kind;
    const before = moves ? await articlePageTags(tx, [id]) : [];
    await moveAddress(tx, current, input.slug);
    const saved = await writeRevision(tx, actor, current, input);
    await tx
      .update(articles)
      .set({ kind: input.kind, draftRevisionId: saved.revisionId })
      .where(eq(articles.id, id));
    const retold = await writeTopics(tx, id, input.topics);
    if (moves) await expirePages(tx, [...before, ...(await articlePageTags(tx, [id]))]);
    else if (retold.length > 0 && current.publishedAt) {
      await expirePages(tx, [articleTags.one(input.slug), ...retold]);
    }
    await recordAudit(
      tx,
      actor,
      'article.save',
      { kind: 'article', id },
      { version: saved.version },
    );
    return ok({ version: saved.version });
  });
}

type Draft = {
  id: string;
  slug: string;
  kind: ArticleKind;
  createdBy: string | null;
  writers: string[];
  stage: Stage;
  publishedAt: Date | null;
  revisionId: string;
  /** The public reads this revision, or once did. */
  frozen: boolean;
  version: number;
};

async function lockDraft(tx: Transaction, id: string): Promise<Draft | null> {
  if (!isId(id)) return null;
  await lockArticle(tx, id);
  const [row] = await tx
    .select({
      id: articles.id,
      slug: articles.slug,
      kind: articles.kind,
      createdBy: articles.createdBy,
      writers: writersOfArticle,
      stage: articles.stage,
      publishedAt: articles.publishedAt,
      revisionId: revisions.id,
      frozen: isNotNull(revisions.publishedAt).mapWith(Boolean),
      version: revisions.version,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(articles.id, id));
  return row ?? null;
}

/**
 * Locks an article until the transaction ends. It is read in a statement after this one: a statement that itself waits
 * for the lock joins the revision as it was before the wait.
 */
export async function lockArticle(tx: Transaction, id: string): Promise<void> {
  await tx.select({ id: articles.id }).from(articles).where(eq(articles.id, id)).for('update');
}

/** A changed address of something published redirects for good. */
async function moveAddress(tx: Transaction, draft: Draft, slug: string): Promise<void> {
  if (slug === draft.slug) return;
  await tx.delete(articleFormerSlugs).where(eq(articleFormerSlugs.slug, slug));
  if (draft.publishedAt) {
    await tx.insert(articleFormerSlugs).values({ slug: draft.slug, articleId: draft.id });
  }
  await tx.update(articles).set({ slug }).where(eq(articles.id, draft.id));
}

/** Writes into the draft, or, where the draft was published, into a new revision. */
async function writeRevision(
  tx: Transaction,
  actor: Actor,
  draft: Draft,
  input: ArticleInput,
): Promise<{ revisionId: string; version: number }> {
  const values = {
    title: input.title,
    kicker: input.kicker,
    standfirst: input.standfirst,
    body: input.body,
    teaser: teaser(input.body, { words: teaserWords }),
    plainText: bodyText(input.body),
    wordCount: wordCount(input.body),
    access: input.access,
    sectionId: input.sectionId,
    pictureId: input.pictureId,
    savedBy: actor.kind === 'person' ? actor.userId : null,
    savedAt: clock.now(),
    version: draft.version + 1,
  };
  let revisionId = draft.revisionId;
  if (draft.frozen) {
    revisionId = newId();
    const [last] = await tx
      .select({ number: sql<number>`max(${revisions.number})` })
      .from(revisions)
      .where(eq(revisions.articleId, draft.id));
    await tx
      .insert(revisions)
      .values({ ...values, id: revisionId, articleId: draft.id, number: (last?.number ?? 0) + 1 });
  } else {
    await tx.update(revisions).set(values).where(eq(revisions.id, revisionId));
    await tx.delete(bylines).where(eq(bylines.revisionId, revisionId));
  }
  if (input.bylines.length > 0) {
    await tx
      .insert(bylines)
      .values(input.bylines.map((byline, position) => ({ ...byline, revisionId, position })));
  }
  return { revisionId, version: values.version };
}

/** Answers the tags of the topics' pages, where they are others than before; `[]` where nothing changed. */
async function writeTopics(tx: Transaction, articleId: string, names: string[]): Promise<string[]> {
  const held = await holdTopics(tx, names);
  const present = await tx
    .select({ id: topics.id, slug: topics.slug })
    .from(articleTopics)
    .innerJoin(topics, eq(topics.id, articleTopics.topicId))
    .where(eq(articleTopics.articleId, articleId));
  const gone = present.filter(({ id }) => held.every((topic) => topic.id !== id));
  const added = held.filter(({ id }) => present.every((topic) => topic.id !== id));
  if (gone.length > 0) {
    const ids = gone.map(({ id }) => id);
    await tx
      .delete(articleTopics)
      .where(and(eq(articleTopics.articleId, articleId), inArray(articleTopics.topicId, ids)));
  }
  if (added.length > 0) {
    const rows = added.map(({ id }) => ({ topicId: id, articleId }));
    await tx.insert(articleTopics).values(rows).onConflictDoNothing();
  }
  return [...gone, ...added].map(({ slug }) => articleTags.onTopic(slug));
}

async function slugTaken(tx: Transaction, slug: string, exceptId: string): Promise<boolean> {
  const [present] = await tx
    .select({ id: articles.id })
    .from(articles)
    .where(and(eq(articles.slug, slug), ne(articles.id, exceptId)));
  if (present) return true;
  const [former] = await tx
    .select({ id: articleFormerSlugs.articleId })
    .from(articleFormerSlugs)
    .where(and(eq(articleFormerSlugs.slug, slug), ne(articleFormerSlugs.articleId, exceptId)));
  return former !== undefined;
}

async function freeSlug(tx: Transaction, wanted: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const slug = count === 1 ? wanted : `${wanted.slice(0, 90).replace(/-$/, '')}-${count}`;
    if (!(await slugTaken(tx, slug, newId()))) return slug;
  }
}
