import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { db, type Transaction } from '#db/client.ts';
import { articles, revisionPictures, revisions } from '#db/schema/articles.ts';
import { contributors } from '#db/schema/contributors.ts';
import { issues } from '#db/schema/issues.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { publication } from '#db/schema/publication.ts';
import { articlePageTags } from '#lib/articles/queries.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { isId } from '#lib/ids.ts';
import { issuePageTags } from '#lib/issues/queries.ts';
import type { PictureUse } from '#lib/media/rules.ts';
import { mediaTags } from '#lib/media/tags.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/** True of a picture that nothing shows: no text, earlier versions included, no cover, no portrait, no logo. */
export const unused = sql<boolean>`not (${used()})`;

/** True of a picture that a public page shows. */
export const shownInPublic = sql<boolean>`(
  exists (select from ${revisionPictures} rp join ${articles} a on a.published_revision_id = rp.revision_id
    where rp.media_id = ${mediaAssets}.id)
  or exists (select from ${issues} i where i.cover_id = ${mediaAssets}.id and i.published_at is not null)
  or exists (select from ${contributors} c where c.portrait_id = ${mediaAssets}.id)
  or exists (select from ${publication} p where p.logo_id = ${mediaAssets}.id))`;

function used() {
  return sql`exists (select from ${revisionPictures} rp where rp.media_id = ${mediaAssets}.id)
    or exists (select from ${issues} i where i.cover_id = ${mediaAssets}.id)
    or exists (select from ${contributors} c where c.portrait_id = ${mediaAssets}.id)
    or exists (select from ${publication} p where p.logo_id = ${mediaAssets}.id)`;
}

/**
 * Everything that shows a picture, the public first; `hidden` counts articles in work that the actor may not see. A
 * stranger is told nothing.
 */
export async function listUses(
  actor: Actor,
  id: string,
): Promise<{ uses: PictureUse[]; hidden: number }> {
  if (!may(actor, 'media.upload') || !isId(id)) return { uses: [], hidden: 0 };
  const [texts, others] = await Promise.all([articleUses(actor, id), otherUses(actor, id)]);
  const uses = [...others, ...texts.uses];
  return {
    uses: uses.toSorted((a, b) => Number(b.isPublic) - Number(a.isPublic)),
    hidden: texts.hidden,
  };
}

async function articleUses(
  actor: Actor,
  id: string,
): Promise<{ uses: PictureUse[]; hidden: number }> {
  const isPublic = sql<boolean>`bool_or(${revisionPictures.revisionId} = ${articles.publishedRevisionId})`;
  const inDraft = sql<boolean>`bool_or(${revisionPictures.revisionId} = ${articles.draftRevisionId})`;
  const titleOf = (revision: PgColumn) =>
    sql<string>`(select r.title from ${revisions} r where r.id = ${revision})`;
  const rows = await db()
    .select({
      id: articles.id,
      createdBy: articles.createdBy,
      draftTitle: titleOf(articles.draftRevisionId),
      publicTitle: titleOf(articles.publishedRevisionId),
      isPublic: sql<boolean>`coalesce(${isPublic}, false)`,
      inDraft,
    })
    .from(revisionPictures)
    .innerJoin(revisions, eq(revisions.id, revisionPictures.revisionId))
    .innerJoin(articles, eq(articles.id, revisions.articleId))
    .where(eq(revisionPictures.mediaId, id))
    .groupBy(articles.id)
    .orderBy(asc(articles.createdAt));
  const maySee = (row: (typeof rows)[number]) =>
    may(actor, 'articles.edit-any') || (actor.kind === 'person' && row.createdBy === actor.userId);
  const seen = rows.filter((row) => row.isPublic || maySee(row));
  const uses = seen.map((row) => ({
    kind: 'article' as const,
    name: maySee(row) ? row.draftTitle : row.publicTitle,
    note: `Article, ${usedIn(row)}`,
    href: maySee(row) ? `/dashboard/articles/${row.id}` : null,
    isPublic: row.isPublic,
  }));
  return { uses, hidden: rows.length - seen.length };
}

function usedIn({ isPublic, inDraft }: { isPublic: boolean; inDraft: boolean }): string {
  if (isPublic) return inDraft ? 'on the site' : 'on the site, not in the draft any more';
  return inDraft ? 'in the draft' : 'in an earlier version';
}

async function otherUses(actor: Actor, id: string): Promise<PictureUse[]> {
  const [covers, portraits, logos] = await Promise.all([
    db()
      .select({ id: issues.id, title: issues.title, publishedAt: issues.publishedAt })
      .from(issues)
      .where(eq(issues.coverId, id)),
    db()
      .select({ id: contributors.id, name: contributors.name })
      .from(contributors)
      .where(eq(contributors.portraitId, id)),
    db().select({ name: publication.name }).from(publication).where(eq(publication.logoId, id)),
  ]);
  const open = (allowed: boolean, href: string) => (allowed ? href : null);
  return [
    ...covers.map((issue) => ({
      kind: 'issue' as const,
      name: issue.title,
      note: `Cover of an issue, ${issue.publishedAt ? 'on the site' : 'in work'}`,
      href: open(may(actor, 'issues.plan'), `/dashboard/issues/${issue.id}`),
      isPublic: issue.publishedAt !== null,
    })),
    ...portraits.map((person) => ({
      kind: 'contributor' as const,
      name: person.name,
      note: 'Portrait of a contributor',
      href: open(may(actor, 'articles.edit-any'), `/dashboard/contributors/${person.id}`),
      isPublic: true,
    })),
    ...logos.map(({ name }) => ({
      kind: 'publication' as const,
      name,
      note: 'Logo of the publication',
      href: open(may(actor, 'publication.edit'), '/dashboard/settings'),
      isPublic: true,
    })),
  ];
}

/** The cache tags of every page that shows a picture now, and of the picture's own addresses. */
export async function picturePageTags(tx: Transaction, id: string): Promise<string[]> {
  const shown = await tx
    .select({ id: articles.id })
    .from(revisionPictures)
    .innerJoin(articles, eq(articles.publishedRevisionId, revisionPictures.revisionId))
    .where(eq(revisionPictures.mediaId, id));
  const covers = await tx
    .select({ id: issues.id })
    .from(issues)
    .where(and(eq(issues.coverId, id), isNotNull(issues.publishedAt)));
  const portraits = await tx
    .select({ slug: contributors.slug })
    .from(contributors)
    .where(eq(contributors.portraitId, id));
  const isLogo = (await tx.$count(publication, eq(publication.logoId, id))) > 0;
  const ofCovers: string[] = [];
  for (const cover of covers) ofCovers.push(...(await issuePageTags(tx, cover.id)));
  return [
    mediaTags.one(id),
    ...(await articlePageTags(
      tx,
      shown.map((article) => article.id),
    )),
    ...ofCovers,
    ...portraits.map(({ slug }) => articleTags.byContributor(slug)),
    ...(isLogo ? [publicationTags.publication] : []),
  ];
}
