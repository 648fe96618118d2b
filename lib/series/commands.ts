import { and, asc, eq, max, ne } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { articles } from '#db/schema/articles.ts';
import { series } from '#db/schema/contributors.ts';
import { unlessTaken } from '#db/unique.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { articlePageTags } from '#lib/articles/queries.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import { isId } from '#lib/ids.ts';
import { addressMoved, addressTaken } from '#lib/redirects/commands.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { PartsInput, PlaceInput, SeriesInput } from '#lib/series/input.ts';
import { type Actor, may } from '#lib/users/rules.ts';

type Refusal = 'forbidden' | 'not_found' | 'taken' | 'changed' | 'invalid';
type Change = Promise<Result<undefined, Refusal>>;

const notYours = () => fail('forbidden', 'Only an editor may change the series.');
const gone = () => fail('not_found', 'This series does not exist any more.');
const taken = () => {
  const message = 'Another series has this address.';
  return fail('taken', message, { slug: message });
};
const pathOf = (slug: string) => `/series/${slug}`;

/** Begins a series. Its page is there as soon as one of its articles is published. */
export async function createSeries(
  actor: Actor,
  input: SeriesInput,
): Promise<Result<{ id: string }, Refusal>> {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const [row] = await tx
      .insert(series)
      .values(input)
      .onConflictDoNothing({ target: series.slug })
      .returning({ id: series.id });
    if (!row) return taken();
    const { name, slug } = input;
    await addressTaken(tx, pathOf(slug));
    await recordAudit(tx, actor, 'series.create', { kind: 'series', id: row.id }, { name, slug });
    await expirePages(tx, [articleTags.inSeries(slug)]);
    return ok(row);
  });
}

/** Changes what a series is called and how it is described. From a former address readers are redirected for good. */
export async function saveSeries(actor: Actor, id: string, input: SeriesInput): Change {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const before = await lockSeries(tx, id);
    if (!before) return gone();
    const write = (inner: Transaction) => inner.update(series).set(input).where(eq(series.id, id));
    if (!(await unlessTaken(tx, write))) return taken();
    if (input.slug !== before.slug) await addressMoved(tx, pathOf(before.slug), pathOf(input.slug));
    const { name, slug } = input;
    await recordAudit(
      tx,
      actor,
      'series.save',
      { kind: 'series', id },
      { name, ...changedFields(before, input) },
    );
    await expirePages(tx, [articleTags.latest, ...[before.slug, slug].map(articleTags.inSeries)]);
    return ok();
  });
}

/** Deletes a series; its articles stay, each by itself. */
export async function removeSeries(actor: Actor, id: string): Change {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    // As whoever places an article: that first, then the series.
    await lockParts(tx, id);
    const before = await lockSeries(tx, id);
    if (!before) return gone();
    const freed = await tx
      .update(articles)
      .set({ seriesId: null, seriesPart: null })
      .where(eq(articles.seriesId, id))
      .returning({ id: articles.id });
    await tx.delete(series).where(eq(series.id, id));
    const { name, slug } = before;
    const detail = { name, slug, articles: freed.length };
    await recordAudit(tx, actor, 'series.remove', { kind: 'series', id }, detail);
    await expirePages(tx, [articleTags.latest, articleTags.inSeries(slug)]);
    return ok();
  });
}

/**
 * Makes an article a part of a series, at once on the site where it is published, or takes it out (`seriesId: null`).
 * Without a number it comes behind the last part. Two articles are never the same part.
 */
export async function placeInSeries(
  actor: Actor,
  articleId: string,
  input: PlaceInput,
): Promise<Result<{ part: number | null }, Refusal>> {
  if (!may(actor, 'articles.edit-any')) return notYours();
  if (!isId(articleId)) return fail('not_found', 'This article does not exist any more.');
  return db().transaction(async (tx) => {
    await lockArticle(tx, articleId);
    const [before] = await tx
      .select({ seriesId: articles.seriesId, part: articles.seriesPart })
      .from(articles)
      .where(eq(articles.id, articleId));
    if (!before) return fail('not_found', 'This article does not exist any more.');
    const { seriesId } = input;
    if (seriesId && !(await lockSeries(tx, seriesId))) {
      const message = 'This series was removed. Choose another.';
      return fail('invalid', message, { seriesId: message });
    }
    const part = seriesId ? (input.part ?? (await nextPart(tx, seriesId, articleId))) : null;
    if (seriesId && part && (await partTaken(tx, seriesId, part, articleId))) {
      const message = `Another article is part ${part} of this series.`;
      return fail('taken', message, { part: message });
    }
    const pages = await articlePageTags(tx, [articleId]);
    await tx.update(articles).set({ seriesId, seriesPart: part }).where(eq(articles.id, articleId));
    await expirePages(tx, [...pages, ...(await articlePageTags(tx, [articleId]))]);
    const detail = { from: before, to: { seriesId, part } };
    await recordAudit(tx, actor, 'series.place', { kind: 'article', id: articleId }, detail);
    return ok({ part });
  });
}

/**
 * Numbers the articles of a series anew, from 1 in this order. Refused where they stand no more as `from` says: somebody
 * else has ordered, added or taken out some meanwhile.
 */
export async function orderParts(actor: Actor, id: string, { from, to }: PartsInput): Change {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    await lockParts(tx, id);
    const found = await lockSeries(tx, id);
    if (!found) return gone();
    const rows = await tx
      .select({ id: articles.id })
      .from(articles)
      .where(eq(articles.seriesId, id))
      .orderBy(asc(articles.seriesPart), asc(articles.publishedAt), asc(articles.id));
    const present = rows.map((row) => row.id);
    if (present.join() !== from.join()) {
      return fail('changed', 'Somebody else changed the series meanwhile: this is its order.');
    }
    if (to.toSorted().join() !== present.toSorted().join()) {
      return fail('invalid', 'This is no order of all its articles.');
    }
    for (const [index, articleId] of to.entries()) {
      await tx
        .update(articles)
        .set({ seriesPart: index + 1 })
        .where(eq(articles.id, articleId));
    }
    await recordAudit(tx, actor, 'series.order', { kind: 'series', id }, { from, to });
    await expirePages(tx, [articleTags.inSeries(found.slug)]);
    return ok();
  });
}

async function lockSeries(tx: Transaction, id: string) {
  if (!isId(id)) return null;
  const [row] = await tx.select().from(series).where(eq(series.id, id)).for('update');
  return row ?? null;
}

async function lockParts(tx: Transaction, id: string): Promise<void> {
  if (!isId(id)) return;
  await tx
    .select({ id: articles.id })
    .from(articles)
    .where(eq(articles.seriesId, id))
    .orderBy(asc(articles.id))
    .for('update');
}

async function nextPart(tx: Transaction, seriesId: string, exceptId: string): Promise<number> {
  const [last] = await tx
    .select({ part: max(articles.seriesPart) })
    .from(articles)
    .where(and(eq(articles.seriesId, seriesId), ne(articles.id, exceptId)));
  return (last?.part ?? 0) + 1;
}

async function partTaken(tx: Transaction, seriesId: string, part: number, exceptId: string) {
  const same = and(
    eq(articles.seriesId, seriesId),
    eq(articles.seriesPart, part),
    ne(articles.id, exceptId),
  );
  return (await tx.$count(articles, same)) > 0;
}
