import { asc, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { aBody, anArticleForm } from '#db/builders/articles.ts';
import { db } from '#db/client.ts';
import { articleFormerSlugs, articles, bylines, revisions } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { createArticle } from './commands.ts';
import type { ArticleInput } from './input.ts';

/** What the form sends: a free text without names or topics, and these parts instead. */
export const input = (parts: Partial<ArticleInput> = {}): ArticleInput =>
  anArticleForm({ slug: 'tide', body: aBody('The water rose.'), ...parts });

/** The answer to a save that was taken. */
export const saved = (version: number) => ({
  ok: true,
  value: { version, savedAt: expect.any(Date), refused: {} },
});

/** All that is kept of an article. */
export async function stateOf(id: string) {
  const [article] = await db().select().from(articles).where(eq(articles.id, id));
  const texts = await db()
    .select()
    .from(revisions)
    .where(eq(revisions.articleId, id))
    .orderBy(asc(revisions.number));
  const names = await db().select().from(bylines);
  const former = await db().select().from(articleFormerSlugs);
  return { article, texts, names, former, log: await db().select().from(auditEntries) };
}

/** What the log says of an article, in order. */
export async function logOf(id: string) {
  const rows = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, id))
    .orderBy(asc(auditEntries.at));
  return rows.map(({ action }) => action);
}

/** Begins an article, which has to work, and answers its id. */
export const create = async (...args: Parameters<typeof createArticle>): Promise<string> => {
  const made = await createArticle(...args);
  if (!made.ok) throw new Error(made.message);
  return made.value.id;
};
