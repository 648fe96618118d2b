import { asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { articles, bylines, revisions } from '#db/schema/articles.ts';
import { bodyText, teaser, wordCount } from '#lib/articles/body.ts';
import type { ArticleInput } from '#lib/articles/input.ts';
import { type ArticleKind, beginsRevision, type RevisionOrigin } from '#lib/articles/rules.ts';
import { clock } from '#lib/clock.ts';
import { isId, newId } from '#lib/ids.ts';
import type { Actor } from '#lib/users/rules.ts';
import { writersOfArticle } from '#lib/workflow/access.ts';
import type { Stage } from '#lib/workflow/rules.ts';

/** How much of a gated text a stranger sees, in words. */
const teaserWords = 120;

/** An article and the revision that is worked on, without its text. */
export type Draft = {
  id: string;
  slug: string;
  kind: ArticleKind;
  createdBy: string | null;
  writers: string[];
  stage: Stage;
  publishedAt: Date | null;
  scheduledFor: Date | null;
  publishedRevisionId: string | null;
  revisionId: string;
  origin: RevisionOrigin;
  /** The public reads this revision, or once did. */
  frozen: boolean;
  version: number;
  savedBy: string | null;
  savedAt: Date;
};

/** What a revision holds. */
export type RevisionText = Pick<
  ArticleInput,
  'title' | 'kicker' | 'standfirst' | 'body' | 'access' | 'sectionId' | 'pictureId' | 'bylines'
>;

/**
 * Locks an article until the transaction ends. It is read in a statement after this one: a statement that itself waits
 * for the lock joins the revision as it was before the wait.
 */
export async function lockArticle(tx: Transaction, id: string): Promise<void> {
  await tx.select({ id: articles.id }).from(articles).where(eq(articles.id, id)).for('update');
}

export async function lockDraft(tx: Transaction, id: string): Promise<Draft | null> {
  if (!isId(id)) return null;
  await lockArticle(tx, id);
  return findHead(tx, id);
}

export async function findHead(tx: Transaction, id: string): Promise<Draft | null> {
  const [row] = await tx
    .select({
      id: articles.id,
      slug: articles.slug,
      kind: articles.kind,
      createdBy: articles.createdBy,
      publishedAt: articles.publishedAt,
      scheduledFor: articles.scheduledFor,
      publishedRevisionId: articles.publishedRevisionId,
      writers: writersOfArticle,
      stage: articles.stage,
      revisionId: revisions.id,
      origin: revisions.origin,
      frozen: isNotNull(revisions.publishedAt).mapWith(Boolean),
      version: revisions.version,
      savedBy: revisions.savedBy,
      savedAt: revisions.savedAt,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(articles.id, id));
  return row ?? null;
}

export async function loadText(tx: Transaction, revisionId: string): Promise<RevisionText> {
  const [text] = await tx
    .select({
      title: revisions.title,
      kicker: revisions.kicker,
      standfirst: revisions.standfirst,
      body: revisions.body,
      access: revisions.access,
      sectionId: revisions.sectionId,
      pictureId: revisions.pictureId,
    })
    .from(revisions)
    .where(eq(revisions.id, revisionId));
  if (!text) throw new Error(`Revision ${revisionId} is gone`);
  const names = await tx
    .select({ contributorId: bylines.contributorId, role: bylines.role })
    .from(bylines)
    .where(eq(bylines.revisionId, revisionId))
    .orderBy(asc(bylines.position));
  return { ...text, bylines: names };
}

/** Writes a text as the working one, its version one higher: into the revision that is worked on, or into a new one. */
export async function writeDraft(
  tx: Transaction,
  actor: Actor,
  draft: Draft,
  text: RevisionText,
): Promise<{ revisionId: string; version: number; savedAt: Date; begun: boolean }> {
  const version = draft.version + 1;
  const savedAt = clock.now();
  const savedBy = userIdOf(actor);
  if (beginsRevision(draft, { userId: savedBy, now: savedAt })) {
    const { id } = await addRevision(tx, draft.id, text, { version, savedBy, savedAt });
    return { revisionId: id, version, savedAt, begun: true };
  }
  const { revisionId } = draft;
  await tx
    .update(revisions)
    .set({ ...columns(text), version, savedBy, savedAt })
    .where(eq(revisions.id, revisionId));
  await tx.delete(bylines).where(eq(bylines.revisionId, revisionId));
  await writeBylines(tx, revisionId, text);
  return { revisionId, version, savedAt, begun: false };
}

/** A further revision of an article, which must be locked. No pointer moves. */
export async function addRevision(
  tx: Transaction,
  articleId: string,
  text: RevisionText,
  made: { version: number; savedBy: string | null; savedAt: Date; origin?: RevisionOrigin },
): Promise<{ id: string; number: number }> {
  const [last] = await tx
    .select({ number: sql<number>`max(${revisions.number})` })
    .from(revisions)
    .where(eq(revisions.articleId, articleId));
  const id = newId();
  const number = (last?.number ?? 0) + 1;
  await tx.insert(revisions).values({ ...columns(text), ...made, id, articleId, number });
  await writeBylines(tx, id, text);
  return { id, number };
}

export const userIdOf = (actor: Actor): string | null =>
  actor.kind === 'person' ? actor.userId : null;

function columns({ bylines: _names, ...text }: RevisionText) {
  return {
    ...text,
    teaser: teaser(text.body, { words: teaserWords }),
    plainText: bodyText(text.body),
    wordCount: wordCount(text.body),
  };
}

async function writeBylines(
  tx: Transaction,
  revisionId: string,
  { bylines: names }: RevisionText,
): Promise<void> {
  if (names.length === 0) return;
  await tx
    .insert(bylines)
    .values(names.map((byline, position) => ({ ...byline, revisionId, position })));
}
