import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { BodyDocument } from '#lib/articles/body.ts';
import { createdAt, id, instant } from './columns.ts';
import { contributors, sections, series, topics } from './contributors.ts';
import { mediaAssets } from './media.ts';
import { users } from './users.ts';

export const articleKind = pgEnum('article_kind', ['article', 'news']);
export const articleAccess = pgEnum('article_access', ['free', 'gated']);
/** How far an unpublished text has come. Scheduled and published follow from the dates. */
export const articleStage = pgEnum('article_stage', ['draft', 'in_review', 'copy_edited', 'ready']);
/** How a revision came to be: written, brought back from an older one, or kept aside because a newer one was there. */
export const revisionOrigin = pgEnum('revision_origin', ['work', 'restored', 'aside']);
export const bylineRole = pgEnum('byline_role', [
  'author',
  'translator',
  'interviewer',
  'illustrator',
  'photographer',
  'editor',
]);

/**
 * An article is an address and two pointers: the revision that is worked on, and the one that the public reads. While
 * both are the same there is no unpublished change.
 */
export const articles = pgTable(
  'articles',
  {
    id: id(),
    slug: text().notNull(),
    kind: articleKind().notNull().default('article'),
    draftRevisionId: uuid().notNull(),
    publishedRevisionId: uuid(),
    publishedAt: instant(),
    /** The day a correction came out, shown as "updated"; small repairs leave it alone. */
    correctedAt: instant(),
    scheduledFor: instant(),
    stage: articleStage().notNull().default('draft'),
    seriesId: uuid().references(() => series.id, { onDelete: 'set null' }),
    /** Which part of its series, from 1. */
    seriesPart: integer(),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('articles_slug_key').on(t.slug),
    index('articles_published_idx').on(t.kind, t.publishedAt),
    // Lists of every kind, and a contributor's, which come by way of the byline's revision.
    index('articles_latest_idx').on(t.publishedAt),
    index('articles_published_revision_idx').on(t.publishedRevisionId),
    index('articles_series_idx').on(t.seriesId, t.seriesPart),
    index('articles_stage_idx').on(t.stage),
    index('articles_created_by_idx').on(t.createdBy),
    check('articles_series_part', sql`${t.seriesPart} is null or ${t.seriesPart} > 0`),
    check('articles_slug_form', sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
    // Public means both: a text to show and the day since when.
    check(
      'articles_published_whole',
      sql`(${t.publishedRevisionId} is null) = (${t.publishedAt} is null)`,
    ),
    // The pointers stay within the article; the migration makes them deferrable, since each table points at the other.
    foreignKey({
      name: 'articles_draft_revision_own',
      columns: [t.id, t.draftRevisionId],
      foreignColumns: [revisions.articleId, revisions.id],
    }),
    foreignKey({
      name: 'articles_published_revision_own',
      columns: [t.id, t.publishedRevisionId],
      foreignColumns: [revisions.articleId, revisions.id],
    }),
  ],
);

/** One state of an article's text. `publishedAt` freezes it: later work goes into a new one. */
export const revisions = pgTable(
  'article_revisions',
  {
    id: id(),
    articleId: uuid()
      .notNull()
      .references((): AnyPgColumn => articles.id, { onDelete: 'cascade' }),
    /** Counts the article's revisions from 1. */
    number: integer().notNull(),
    origin: revisionOrigin().notNull().default('work'),
    /** Grows with each save: a save against an older one is refused. */
    version: integer().notNull().default(1),
    title: text().notNull(),
    kicker: text().notNull().default(''),
    standfirst: text().notNull().default(''),
    body: jsonb().$type<BodyDocument>().notNull(),
    /** The body's opening, made at each save: all of a gated article that a stranger's request ever loads. */
    teaser: jsonb().$type<BodyDocument>().notNull(),
    /** The body's plain words, for search and counting. */
    plainText: text().notNull().default(''),
    wordCount: integer().notNull().default(0),
    access: articleAccess().notNull().default('free'),
    sectionId: uuid().references(() => sections.id),
    pictureId: uuid().references(() => mediaAssets.id),
    savedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    savedAt: instant().notNull(),
    publishedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('article_revisions_own_key').on(t.articleId, t.id),
    unique('article_revisions_number_key').on(t.articleId, t.number),
    index('article_revisions_section_idx').on(t.sectionId),
    index('article_revisions_saved_idx').on(t.savedAt),
    // Search of the office: any part of a title, whatever the language.
    index('article_revisions_title_trgm_idx').using('gin', sql`${t.title} gin_trgm_ops`),
    check('article_revisions_title', sql`${t.title} <> ''`),
    check('article_revisions_word_count', sql`${t.wordCount} >= 0`),
  ],
);

/** The pictures that a revision shows, in its body or above it. A trigger keeps it in step; nothing else writes it. */
export const revisionPictures = pgTable(
  'revision_pictures',
  {
    revisionId: uuid()
      .notNull()
      .references(() => revisions.id, { onDelete: 'cascade' }),
    mediaId: uuid()
      .notNull()
      // No cascade: a picture that a text shows is not removed.
      .references(() => mediaAssets.id),
  },
  (t) => [
    primaryKey({ columns: [t.revisionId, t.mediaId] }),
    index('revision_pictures_media_idx').on(t.mediaId),
  ],
);

/** Who made the text, in the order the byline names them. */
export const bylines = pgTable(
  'bylines',
  {
    revisionId: uuid()
      .notNull()
      .references(() => revisions.id, { onDelete: 'cascade' }),
    contributorId: uuid()
      .notNull()
      .references(() => contributors.id),
    role: bylineRole().notNull().default('author'),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.revisionId, t.contributorId, t.role] }),
    unique('bylines_position_key').on(t.revisionId, t.position),
    index('bylines_contributor_idx').on(t.contributorId),
  ],
);

export const articleTopics = pgTable(
  'article_topics',
  {
    articleId: uuid()
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    topicId: uuid()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.topicId] }),
    index('article_topics_topic_idx').on(t.topicId),
  ],
);

/** Cards that an editor chose for an article; the rest is filled from its issue and section. */
export const relatedArticles = pgTable(
  'related_articles',
  {
    articleId: uuid()
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    relatedId: uuid()
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.relatedId] }),
    check('related_articles_other', sql`${t.articleId} <> ${t.relatedId}`),
  ],
);

/** Addresses an article had: they redirect for good and can't be given to another article. */
export const articleFormerSlugs = pgTable('article_former_slugs', {
  slug: text().primaryKey(),
  articleId: uuid()
    .notNull()
    .references(() => articles.id, { onDelete: 'cascade' }),
});
