import { and, asc, eq, max, ne } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { articles } from '#db/schema/articles.ts';
import { series } from '#db/schema/contributors.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { articlePageTags } from '#lib/articles/queries.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import {
  createHeading,
  type Heading,
  type HeadingRefusal,
  lockHeadings,
  removeHeading,
  saveHeading,
} from '#lib/headings/commands.ts';
import { isId } from '#lib/ids.ts';
import type { OrderInput } from '#lib/input.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { PlaceInput, SeriesInput } from '#lib/series/input.ts';
import { type Actor, may } from '#lib/users/rules.ts';

type Refusal = HeadingRefusal | 'changed' | 'invalid';
type Change = Promise<Result<undefined, Refusal>>;

const heading: Heading = {
  kind: 'series',
  table: series,
  pathOf: (slug) => `/series/${slug}`,
  tagOf: articleTags.inSeries,
  notYours: () => fail('forbidden', 'Only an editor may change the series.'),
  gone: () => fail('not_found', 'This series does not exist any more.'),
  taken: () => {
    const message = 'Another series has this address.';
    return fail('taken', message, { slug: message });
  },
  // The pages of its articles carry its own tag.
  namedOn: async () => [],
  lockArticles: lockParts,
  free: async (tx, id) => {
    const nowhere = { seriesId: null, seriesPart: null };
    const { rowCount } = await tx.update(articles).set(nowhere).where(eq(articles.seriesId, id));
    return rowCount ?? 0;
  },
};

/** Begins a series. Its page is there as soon as one of its articles is published. */
export async function createSeries(
  actor: Actor,
  input: SeriesInput,
): Promise<Result<{ id: string }, HeadingRefusal>> {
  return createHeading(heading, actor, input);
}

/** Changes what a series is called and how it is described. From a former address readers are redirected for good. */
export async function saveSeries(actor: Actor, id: string, input: SeriesInput): Change {
  return saveHeading(heading, actor, id, input);
}

/** Deletes a series; its articles stay, each by itself. */
export async function removeSeries(actor: Actor, id: string): Change {
  return removeHeading(heading, actor, id);
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
  if (!may(actor, 'articles.edit-any')) return heading.notYours();
  if (!isId(articleId)) return fail('not_found', 'This article does not exist any more.');
  return db().transaction(async (tx) => {
    await lockArticle(tx, articleId);
    const [before] = await tx
      .select({ seriesId: articles.seriesId, part: articles.seriesPart })
      .from(articles)
      .where(eq(articles.id, articleId));
    if (!before) return fail('not_found', 'This article does not exist any more.');
    const { seriesId } = input;
    if (seriesId && (await lockHeadings(tx, series, [seriesId])).length === 0) {
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
export async function orderParts(actor: Actor, id: string, { from, to }: OrderInput): Change {
  if (!may(actor, 'articles.edit-any')) return heading.notYours();
  return db().transaction(async (tx) => {
    await lockParts(tx, id);
    const [found] = await lockHeadings(tx, series, [id]);
    if (!found) return heading.gone();
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
