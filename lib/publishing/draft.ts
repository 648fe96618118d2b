import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, articleTopics, bylines, revisions } from '#db/schema/articles.ts';
import { contributors, topics } from '#db/schema/contributors.ts';
import { type BodyDocument, mediaIdsIn } from '#lib/articles/body.ts';
import type { Access, BylineRole } from '#lib/articles/rules.ts';
import { isId } from '#lib/ids.ts';
import { findPictures } from '#lib/media/queries.ts';
import type { Picture } from '#lib/media/rules.ts';
import { type DeskArticle, deskQuery, toDesk } from '#lib/publishing/desk.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { seenBy, writersOfArticle } from '#lib/workflow/access.ts';
import { whyNotEdit } from '#lib/workflow/rules.ts';

/** An article's working copy, as its form shows it. */
export type Draft = DeskArticle & {
  version: number;
  kicker: string;
  standfirst: string;
  access: Access;
  sectionId: string | null;
  picture: Picture | null;
  body: BodyDocument;
  pictures: Record<string, Picture>;
  bylines: { contributorId: string; name: string; role: BylineRole }[];
  topics: string[];
  /** Nobody ever read it: it may be deleted. */
  unread: boolean;
  /** Why the actor may not change it now, in words for them; `null` where they may. */
  whyNot: string | null;
};

/** The working copy of an article that the actor may look at, or `null`. */
export async function findDraft(actor: Actor, id: string): Promise<Draft | null> {
  if (!may(actor, 'articles.write') || actor.kind !== 'person' || !isId(id)) return null;
  const [row] = await deskQuery().where(and(eq(articles.id, id), seenBy(actor)));
  if (!row) return null;
  const [text] = await db().select().from(revisions).where(eq(revisions.id, row.draftRevisionId));
  if (!text) throw new Error(`Revision ${row.draftRevisionId} is gone`);
  const [own] = await db()
    .select({
      createdBy: articles.createdBy,
      publishedAt: articles.publishedAt,
      writers: writersOfArticle,
      stage: articles.stage,
    })
    .from(articles)
    .where(eq(articles.id, id));
  const read = await db().$count(
    revisions,
    and(eq(revisions.articleId, id), isNotNull(revisions.publishedAt)),
  );
  const names = await db()
    .select({ contributorId: bylines.contributorId, name: contributors.name, role: bylines.role })
    .from(bylines)
    .innerJoin(contributors, eq(contributors.id, bylines.contributorId))
    .where(eq(bylines.revisionId, text.id))
    .orderBy(asc(bylines.position));
  const named = await db()
    .select({ name: topics.name })
    .from(articleTopics)
    .innerJoin(topics, eq(topics.id, articleTopics.topicId))
    .where(eq(articleTopics.articleId, id))
    .orderBy(asc(topics.name));
  const pictures = await findPictures([
    ...mediaIdsIn(text.body),
    ...(text.pictureId ? [text.pictureId] : []),
  ]);
  return {
    ...toDesk(row),
    version: text.version,
    kicker: text.kicker,
    standfirst: text.standfirst,
    access: text.access,
    sectionId: text.sectionId,
    picture: text.pictureId ? (pictures[text.pictureId] ?? null) : null,
    body: text.body,
    pictures,
    bylines: names,
    topics: named.map(({ name }) => name),
    unread: read === 0,
    whyNot: own ? whyNotEdit(actor, own) : null,
  };
}
