import { inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, articleTopics, bylines, revisions } from '#db/schema/articles.ts';
import { contributors, sections, topics } from '#db/schema/contributors.ts';
import { placements } from '#db/schema/issues.ts';
import { type BodyDocument, bodyText, emptyBody, teaser, wordCount } from '#lib/articles/body.ts';
import type { ArticleInput, DraftInput } from '#lib/articles/input.ts';
import type { Access, ArticleKind, BylineRole } from '#lib/articles/rules.ts';
import { clock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { slugify } from '#lib/slug.ts';

export type ArticleParts = {
  title?: string;
  slug?: string;
  kind?: ArticleKind;
  kicker?: string;
  standfirst?: string;
  body?: BodyDocument;
  access?: Access;
  sectionId?: string | null;
  pictureId?: string | null;
  bylines?: { contributorId: string; role: BylineRole }[];
  topics?: string[];
  /** `null`: a draft. */
  publishedAt?: Date | null;
  correctedAt?: Date | null;
  scheduledFor?: Date | null;
  placement?: { issueId: string; department: string; position: number; page?: number | null };
  createdBy?: string | null;
};

let built = 0;

/** An article with one revision; published now and free unless told otherwise. */
export async function anArticle(
  parts: ArticleParts = {},
): Promise<{ id: string; slug: string; revisionId: string }> {
  built += 1;
  const title = parts.title ?? `An article ${built}`;
  const slug = parts.slug ?? slugify(title);
  const body = parts.body ?? aBody(`The text of “${title}”.`);
  const publishedAt = parts.publishedAt === undefined ? clock.now() : parts.publishedAt;
  const id = newId();
  const revisionId = newId();
  await db().transaction(async (tx) => {
    await tx.insert(articles).values({
      id,
      slug,
      kind: parts.kind ?? 'article',
      draftRevisionId: revisionId,
      publishedRevisionId: publishedAt ? revisionId : null,
      publishedAt,
      correctedAt: parts.correctedAt ?? null,
      scheduledFor: parts.scheduledFor ?? null,
      createdBy: parts.createdBy ?? null,
    });
    await tx.insert(revisions).values({
      id: revisionId,
      articleId: id,
      number: 1,
      title,
      kicker: parts.kicker ?? '',
      standfirst: parts.standfirst ?? '',
      body,
      teaser: teaser(body, { words: 120 }),
      plainText: bodyText(body),
      wordCount: wordCount(body),
      access: parts.access ?? 'free',
      sectionId: parts.sectionId ?? null,
      pictureId: parts.pictureId ?? null,
      savedAt: publishedAt ?? clock.now(),
      publishedAt,
    });
    if (parts.bylines?.length) {
      await tx
        .insert(bylines)
        .values(parts.bylines.map((byline, position) => ({ ...byline, revisionId, position })));
    }
    if (parts.placement) await tx.insert(placements).values({ ...parts.placement, articleId: id });
    if (parts.topics?.length) {
      const rows = parts.topics.map((name) => ({ name, slug: slugify(name) }));
      await tx.insert(topics).values(rows).onConflictDoNothing();
      const found = await tx
        .select({ topicId: topics.id })
        .from(topics)
        .where(
          inArray(
            topics.slug,
            rows.map((row) => row.slug),
          ),
        );
      await tx.insert(articleTopics).values(found.map((row) => ({ ...row, articleId: id })));
    }
  });
  return { id, slug, revisionId };
}

/** The form of an article as it is saved that says nothing else than this. */
export function anArticleForm(parts: Pick<ArticleInput, 'slug'> & DraftInput): ArticleInput {
  return {
    title: 'Tide',
    kind: 'article',
    kicker: '',
    standfirst: '',
    access: 'free',
    sectionId: null,
    pictureId: null,
    body: aBody('Text.'),
    bylines: [],
    topics: [],
    ...parts,
  };
}

/** A body of plain paragraphs. */
export function aBody(...paragraphs: string[]): BodyDocument {
  if (paragraphs.length === 0) return emptyBody();
  return {
    type: 'doc',
    content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  } as BodyDocument;
}

export async function aContributor(
  parts: Partial<typeof contributors.$inferInsert> = {},
): Promise<{ id: string; slug: string; name: string }> {
  built += 1;
  const name = parts.name ?? `Contributor ${built}`;
  const [row] = await db()
    .insert(contributors)
    .values({ ...parts, name, slug: parts.slug ?? slugify(name) })
    .returning({ id: contributors.id, slug: contributors.slug, name: contributors.name });
  if (!row) throw new Error('No contributor was made');
  return row;
}

export async function aSection(
  parts: Partial<typeof sections.$inferInsert> = {},
): Promise<{ id: string; slug: string; name: string }> {
  built += 1;
  const name = parts.name ?? `Section ${built}`;
  const [row] = await db()
    .insert(sections)
    .values({ ...parts, name, slug: parts.slug ?? slugify(name) })
    .returning({ id: sections.id, slug: sections.slug, name: sections.name });
  if (!row) throw new Error('No section was made');
  return row;
}
