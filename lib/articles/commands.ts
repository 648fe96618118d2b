import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { articles, articleTopics, revisions } from '#db/schema/articles.ts';
import { topics } from '#db/schema/contributors.ts';
import { againForSlug, freeSlug, moveAddress, slugTaken } from '#lib/articles/addresses.ts';
import { keepAside, type SaveConflict } from '#lib/articles/aside.ts';
import { emptyBody } from '#lib/articles/body.ts';
import { removedFields } from '#lib/articles/chosen.ts';
import {
  type Draft,
  loadText,
  lockDraft,
  type RevisionText,
  userIdOf,
  writeDraft,
} from '#lib/articles/drafts.ts';
import { elsewhere, endWriting, findWriting, hold, type Writing } from '#lib/articles/editing.ts';
import type { DraftInput } from '#lib/articles/input.ts';
import { articlePageTags } from '#lib/articles/queries.ts';
import type { ArticleKind } from '#lib/articles/rules.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import { clock } from '#lib/clock.ts';
import { holdContributors } from '#lib/contributors/commands.ts';
import { newId } from '#lib/ids.ts';
import { addressTaken } from '#lib/redirects/commands.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { slugify } from '#lib/slug.ts';
import { holdTopics } from '#lib/topics/commands.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { isOwn, whyNotEdit } from '#lib/workflow/rules.ts';

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
  const userId = userIdOf(actor);
  const body = emptyBody();
  await againForSlug(async (tx) => {
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

export type Saved = {
  version: number;
  savedAt: Date;
  /** Fields that kept their last value, and why, for the form. */
  refused: Record<string, string>;
};

export type SaveFailure = Failure<'forbidden' | 'not_found'> | SaveConflict;

/**
 * Saves the working copy, of which `input` may name a part. A published article keeps showing what was published; only its
 * address, kind and topics, which are no part of a revision, change on the site at once. A field that can't be
 * taken, since its address is another article's or its section is gone, keeps its last value and is named in the answer.
 *
 * `version` is the one the editor began from. A save against an older one, or out of a window that is not the one that
 * writes, leaves the working copy alone and keeps the text aside as a revision of its own. The one exception: all that was
 * saved since came from this very window, whose answer was lost on the way. What comes out of a window for an article of the
 * actor's own that rests by now, since it was handed in or came out while they wrote, is kept aside, too.
 */
export async function saveArticle(
  actor: Actor,
  id: string,
  version: number,
  input: DraftInput,
  windowId: string | null = null,
): Promise<{ ok: true; value: Saved } | SaveFailure> {
  if (!may(actor, 'articles.write')) return fail('forbidden', 'You may not write articles.');
  return againForSlug(async (tx) => {
    const draft = await lockDraft(tx, id);
    if (!draft) return fail('not_found', 'This article does not exist any more.');
    const whyNot = whyNotEdit(actor, draft);
    const theirs = windowId !== null && isOwn(actor, draft);
    if (whyNot && !theirs) return fail('forbidden', whyNot);
    const { taken, refused } = await acceptable(tx, draft, input);
    const before = await loadHeld(tx, draft.revisionId);
    const text = textOf(before, taken);
    if (whyNot) {
      if (isDeepStrictEqual(text, before)) return fail('forbidden', whyNot);
      return keepAside(tx, actor, draft, text, { reason: 'forbidden', by: null });
    }
    const writing = await findWriting(tx, id);
    const late =
      draft.version !== version && !isSender(draft, version, writing, { actor, windowId });
    if (late && isDeepStrictEqual(text, before)) {
      return ok({ version: draft.version, savedAt: draft.savedAt, refused });
    }
    if (windowId && elsewhere(writing, windowId)) {
      return keepAside(tx, actor, draft, text, { reason: 'taken', by: writing.name });
    }
    if (late) return keepAside(tx, actor, draft, text, { reason: 'conflict', by: null });
    const userId = userIdOf(actor);
    if (windowId && userId) await hold(tx, id, { userId, windowId }, writing, clock.now());
    else await endWriting(tx, id);
    const saved = await writeAll(tx, actor, draft, taken, { before, text });
    return ok({ ...saved, refused });
  });
}

/** A revision's text, of which nobody can take a name away before the transaction ends. */
async function loadHeld(tx: Transaction, revisionId: string): Promise<RevisionText> {
  const text = await loadText(tx, revisionId);
  const named = text.bylines.map(({ contributorId }) => contributorId);
  // Two contributors were made one while their rows were waited for: the names are others now.
  return (await holdContributors(tx, named)) ? text : loadHeld(tx, revisionId);
}

/** Everything that was saved since `writing` began came out of the window that asks. */
function isSender(
  draft: Draft,
  version: number,
  writing: Writing | null,
  { actor, windowId }: { actor: Actor; windowId: string | null },
): boolean {
  if (!writing || !windowId || writing.windowId !== windowId) return false;
  if (!(version > 0 && version < draft.version)) return false;
  return draft.savedBy === userIdOf(actor) && draft.savedAt >= writing.since;
}

async function acceptable(
  tx: Transaction,
  draft: Draft,
  input: DraftInput,
): Promise<{ taken: DraftInput; refused: Record<string, string> }> {
  const refused = await removedFields(tx, input);
  if (input.slug !== undefined && (await slugTaken(tx, input.slug, draft.id))) {
    refused.slug = 'Another article has or had this address.';
  }
  const taken = Object.fromEntries(Object.entries(input).filter(([name]) => !(name in refused)));
  return { taken, refused };
}

function textOf(before: RevisionText, input: DraftInput): RevisionText {
  return {
    title: input.title ?? before.title,
    kicker: input.kicker ?? before.kicker,
    standfirst: input.standfirst ?? before.standfirst,
    body: input.body ?? before.body,
    access: input.access ?? before.access,
    sectionId: input.sectionId === undefined ? before.sectionId : input.sectionId,
    pictureId: input.pictureId === undefined ? before.pictureId : input.pictureId,
    bylines: input.bylines ?? before.bylines,
  };
}

async function writeAll(
  tx: Transaction,
  actor: Actor,
  draft: Draft,
  input: DraftInput,
  { before, text }: { before: RevisionText; text: RevisionText },
): Promise<{ version: number; savedAt: Date }> {
  const { id } = draft;
  const { slug = draft.slug, kind = draft.kind } = input;
  const moves = slug !== draft.slug || kind !== draft.kind;
  const tags = moves ? await articlePageTags(tx, [id]) : [];
  await moveAddress(tx, draft, slug);
  const { revisionId, version, savedAt, begun } = await writeDraft(tx, actor, draft, text);
  await tx.update(articles).set({ kind, draftRevisionId: revisionId }).where(eq(articles.id, id));
  const { former, gone, added } = await writeTopics(tx, id, input.topics);
  const retold = [...gone, ...added].map(articleTags.onTopic);
  const shown = draft.publishedAt ? retold : [];
  if (moves) await expirePages(tx, [...tags, ...(await articlePageTags(tx, [id])), ...shown]);
  else if (shown.length > 0) await expirePages(tx, [articleTags.one(slug), ...shown]);
  const facts = ({ access, sectionId, pictureId }: RevisionText) => ({
    access,
    sectionId,
    pictureId,
  });
  const changed = {
    ...changedFields(draft, { slug, kind }),
    ...changedFields(facts(before), facts(text)),
    ...(retold.length > 0 ? { topics: { from: former, to: input.topics } } : {}),
  };
  // One entry for a stretch of work, whose words the revision keeps, and one for each change of what stands around them.
  if (begun || draft.version === 1 || Object.keys(changed).length > 0) {
    const detail = { version, ...changed };
    await recordAudit(tx, actor, 'article.save', { kind: 'article', id }, detail);
  }
  if (draft.publishedAt) {
    const moved = slug === draft.slug ? [] : [`/articles/${slug}`];
    await addressTaken(tx, actor, [...moved, ...added.map((topic) => `/topics/${topic}`)]);
  }
  return { version, savedAt };
}

/** Answers the names of what the article was about, and by their addresses what it no more is and what it is from now on. */
async function writeTopics(
  tx: Transaction,
  articleId: string,
  names: string[] | undefined,
): Promise<{ former: string[]; gone: string[]; added: string[] }> {
  if (!names) return { former: [], gone: [], added: [] };
  const held = await holdTopics(tx, names);
  const present = await tx
    .select({ id: topics.id, slug: topics.slug, name: topics.name })
    .from(articleTopics)
    .innerJoin(topics, eq(topics.id, articleTopics.topicId))
    .where(eq(articleTopics.articleId, articleId))
    .orderBy(asc(topics.name));
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
  const slugsOf = (list: { slug: string }[]) => list.map(({ slug }) => slug);
  const former = present.map(({ name }) => name);
  return { former, gone: slugsOf(gone), added: slugsOf(added) };
}
