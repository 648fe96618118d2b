import { customType, index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { articles } from './articles.ts';
import { instant } from './columns.ts';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/**
 * What search looks through: a row for each article that is published, with the words of the text that the public reads.
 * A trigger keeps it in step with `articles` at every commit; nothing else writes it.
 */
export const articleSearch = pgTable(
  'article_search',
  {
    articleId: uuid()
      .primaryKey()
      .references(() => articles.id, { onDelete: 'cascade' }),
    publishedAt: instant().notNull(),
    /** Title (A), kicker and standfirst (B): small, so that a match here is found however old it is. */
    head: tsvector().notNull(),
    /** The same, and the body (D). */
    words: tsvector().notNull(),
  },
  (t) => [
    index('article_search_head_idx').using('gin', t.head),
    index('article_search_words_idx').using('gin', t.words),
  ],
);
