import { and, eq, ne } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { articleFormerSlugs, articles } from '#db/schema/articles.ts';
import { breaksUnique } from '#db/unique.ts';
import type { Draft } from '#lib/articles/drafts.ts';
import { newId } from '#lib/ids.ts';

/**
 * One transaction that gives out an address. Two may find the same one free at the same moment: whoever comes second looks
 * again.
 */
export async function againForSlug<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db().transaction(work);
    } catch (error) {
      const raced = breaksUnique(error, 'articles_slug_key', 'article_former_slugs_pkey');
      if (!raced || attempt === 20) throw error;
    }
  }
}

/** An address that no article has or had: the wanted one, or that with a number behind it. */
export async function freeSlug(tx: Transaction, wanted: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const slug = count === 1 ? wanted : `${wanted.slice(0, 90).replace(/-$/, '')}-${count}`;
    if (!(await slugTaken(tx, slug, newId()))) return slug;
  }
}

/** Whether another article than this one has or had the address. */
export async function slugTaken(tx: Transaction, slug: string, exceptId: string): Promise<boolean> {
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

/** A changed address of something published redirects for good. */
export async function moveAddress(tx: Transaction, draft: Draft, slug: string): Promise<void> {
  if (slug === draft.slug) return;
  await tx.delete(articleFormerSlugs).where(eq(articleFormerSlugs.slug, slug));
  if (draft.publishedAt) {
    await tx.insert(articleFormerSlugs).values({ slug: draft.slug, articleId: draft.id });
  }
  await tx.update(articles).set({ slug }).where(eq(articles.id, draft.id));
}
