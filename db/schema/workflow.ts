import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  date,
  index,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { articles } from './articles.ts';
import { createdAt, id, instant } from './columns.ts';
import { issues } from './issues.ts';
import { users } from './users.ts';

export const assignmentTask = pgEnum('assignment_task', [
  'write',
  'edit',
  'copy_edit',
  'check_facts',
  'find_pictures',
]);

/** Who has what to do for an article, until when. */
export const assignments = pgTable(
  'assignments',
  {
    id: id(),
    articleId: uuid()
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    task: assignmentTask().notNull(),
    dueOn: date(),
    doneAt: instant(),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    // The same task given twice to one person is one assignment.
    uniqueIndex('assignments_once_key').on(t.articleId, t.userId, t.task),
    index('assignments_user_idx').on(t.userId, t.doneAt, t.dueOn),
  ],
);

/** Who writes in an article now. One person, in one window, at a time: everybody else reads along. */
export const articleEditing = pgTable('article_editing', {
  // Primary key: nobody else can hold the article at the same time.
  articleId: uuid()
    .primaryKey()
    .references(() => articles.id, { onDelete: 'cascade' }),
  userId: uuid()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** The window: a random name that it gave itself. */
  windowId: text().notNull(),
  since: instant().notNull(),
  /** The window's last word; one that fell silent holds nothing any more. */
  seenAt: instant().notNull(),
});

/** The words that a comment is about, and what stood around them, so that they are found again in a changed text. */
export type CommentAnchor = { quote: string; before: string; after: string };

/** A remark on an article's text, or an answer to one. */
export const comments = pgTable(
  'comments',
  {
    id: id(),
    articleId: uuid()
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    /** The remark that this one answers; answers have no answers of their own. */
    parentId: uuid().references((): AnyPgColumn => comments.id, { onDelete: 'cascade' }),
    authorId: uuid().references(() => users.id, { onDelete: 'set null' }),
    text: text().notNull(),
    /** `null`: about the article as a whole, or an answer. */
    anchor: jsonb().$type<CommentAnchor>(),
    createdAt: createdAt(),
    changedAt: instant(),
    resolvedAt: instant(),
    resolvedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
  },
  (t) => [
    index('comments_article_idx').on(t.articleId, t.createdAt),
    check('comments_text', sql`${t.text} <> ''`),
    check('comments_answer', sql`${t.parentId} is null or ${t.anchor} is null`),
  ],
);

/** Whom a comment names, each told by one mail. */
export const commentMentions = pgTable(
  'comment_mentions',
  {
    commentId: uuid()
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.commentId, t.userId] }),
    index('comment_mentions_user_idx').on(t.userId),
  ],
);

/** An address under which somebody without an account reads what is not published yet, for a while. */
export const previewLinks = pgTable(
  'preview_links',
  {
    id: id(),
    articleId: uuid().references(() => articles.id, { onDelete: 'cascade' }),
    issueId: uuid().references(() => issues.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token in the address: who reads the table can't open the page. */
    tokenHash: text().notNull(),
    /** For whom it is, in the words of who made it. */
    note: text().notNull().default(''),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('preview_links_token_key').on(t.tokenHash),
    index('preview_links_article_idx').on(t.articleId),
    check('preview_links_one', sql`(${t.articleId} is null) <> (${t.issueId} is null)`),
  ],
);
