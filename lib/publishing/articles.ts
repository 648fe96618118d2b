import { eq, inArray } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { addJob } from '#db/jobs.ts';
import { articles, articleTopics, bylines, revisions } from '#db/schema/articles.ts';
import { topics } from '#db/schema/contributors.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { articlePageTags } from '#lib/articles/queries.ts';
import { recordAudit, settleAlert } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { alertKey, isDue } from '#lib/publishing/appointments.ts';
import { type ArticleToPublish, articleBlockers, blockersText } from '#lib/publishing/rules.ts';
import { addressTaken } from '#lib/redirects/commands.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import type { Stage } from '#lib/workflow/rules.ts';

export type PublishReason = 'forbidden' | 'not_found' | 'blocked' | 'invalid';

/**
 * Makes the working copy what the public reads. The day of the first publication stays; with `correction` the article
 * says that it was updated today. Publishing what is already out changes nothing but an appointment, which is kept.
 * `onlyIfDue` leaves an article alone whose appointment was moved or taken back.
 */
export async function publishArticle(
  actor: Actor,
  id: string,
  { correction = false, onlyIfDue = false }: { correction?: boolean; onlyIfDue?: boolean } = {},
): Promise<Result<undefined, PublishReason>> {
  if (!may(actor, 'articles.publish')) return fail('forbidden', 'You may not publish articles.');
  return db().transaction(async (tx) => {
    const found = await loadForPublishing(tx, id);
    if (!found) return fail('not_found', 'This article does not exist any more.');
    if (onlyIfDue && !isDue(found.scheduledFor)) return ok();
    const blockers = articleBlockers(found);
    if (blockers.length > 0) return fail('blocked', blockersText(blockers));
    await publishWithin(tx, actor, found, { correction });
    await settleAlert(tx, alertKey({ kind: 'article', id }));
    await addressTaken(tx, actor, await newPaths(tx, [found]));
    return ok();
  });
}

/** Takes an article off the site. Its texts stay, and it can be published again. */
export async function unpublishArticle(
  actor: Actor,
  id: string,
): Promise<Result<undefined, PublishReason>> {
  if (!may(actor, 'articles.publish')) return fail('forbidden', 'You may not publish articles.');
  return db().transaction(async (tx) => {
    const found = await loadForPublishing(tx, id);
    if (!found) return fail('not_found', 'This article does not exist any more.');
    await expirePages(tx, await articlePageTags(tx, [id]));
    await tx
      .update(articles)
      .set({ publishedRevisionId: null, publishedAt: null, correctedAt: null, scheduledFor: null })
      .where(eq(articles.id, id));
    const { title, publishedAt, scheduledFor } = found;
    const detail = {
      title,
      from: { publishedAt, scheduledFor },
      to: { publishedAt: null, scheduledFor: null },
    };
    await recordAudit(tx, actor, 'article.unpublish', { kind: 'article', id }, detail);
    return ok();
  });
}

/** Publishes the article by itself at `at`, which lies ahead; `null` takes the appointment back. */
export async function scheduleArticle(
  actor: Actor,
  id: string,
  at: Date | null,
): Promise<Result<undefined, PublishReason>> {
  if (!may(actor, 'articles.publish')) return fail('forbidden', 'You may not publish articles.');
  if (at && !(at > clock.now())) {
    return fail('invalid', 'Choose a time that lies ahead.', {
      at: 'Choose a time that lies ahead.',
    });
  }
  return db().transaction(async (tx) => {
    const found = await loadForPublishing(tx, id);
    if (!found) return fail('not_found', 'This article does not exist any more.');
    if (at) {
      const blockers = articleBlockers(found);
      if (blockers.length > 0) return fail('blocked', blockersText(blockers));
      await addJob(
        tx,
        'publishing.release',
        { kind: 'article', id },
        { key: `release article ${id}`, runAt: at },
      );
    }
    await tx.update(articles).set({ scheduledFor: at }).where(eq(articles.id, id));
    await settleAlert(tx, alertKey({ kind: 'article', id }));
    const action = at ? 'article.schedule' : 'article.unschedule';
    const detail = { from: found.scheduledFor, to: at };
    await recordAudit(tx, actor, action, { kind: 'article', id }, detail);
    return ok();
  });
}

export type LoadedArticle = ArticleToPublish & {
  id: string;
  slug: string;
  draftRevisionId: string;
  publishedRevisionId: string | null;
  publishedAt: Date | null;
  stage: Stage;
  scheduledFor: Date | null;
};

/** An article's working copy, its row locked until the transaction ends. */
export async function loadForPublishing(
  tx: Transaction,
  id: string,
): Promise<LoadedArticle | null> {
  if (!isId(id)) return null;
  await lockArticle(tx, id);
  const [row] = await tx
    .select({
      id: articles.id,
      slug: articles.slug,
      kind: articles.kind,
      draftRevisionId: articles.draftRevisionId,
      publishedRevisionId: articles.publishedRevisionId,
      publishedAt: articles.publishedAt,
      stage: articles.stage,
      scheduledFor: articles.scheduledFor,
      title: revisions.title,
      body: revisions.body,
      sectionId: revisions.sectionId,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(articles.id, id));
  if (!row) return null;
  const bylineCount = await tx.$count(bylines, eq(bylines.revisionId, row.draftRevisionId));
  return { ...row, bylineCount };
}

/** The change itself, for one article or for every article of an issue. */
export async function publishWithin(
  tx: Transaction,
  actor: Actor,
  article: LoadedArticle,
  { correction = false }: { correction?: boolean } = {},
): Promise<void> {
  const { id, draftRevisionId } = article;
  if (article.publishedRevisionId === draftRevisionId) {
    await tx.update(articles).set({ scheduledFor: null }).where(eq(articles.id, id));
    return;
  }
  const before = await articlePageTags(tx, [id]);
  const now = clock.now();
  const publishedAt = article.publishedAt ?? now;
  await tx.update(revisions).set({ publishedAt: now }).where(eq(revisions.id, draftRevisionId));
  await tx
    .update(articles)
    .set({
      publishedRevisionId: draftRevisionId,
      publishedAt,
      scheduledFor: null,
      // A change to what is out begins the way anew.
      stage: 'draft',
      ...(correction && article.publishedAt ? { correctedAt: now } : {}),
    })
    .where(eq(articles.id, id));
  await recordAudit(
    tx,
    actor,
    'article.publish',
    { kind: 'article', id },
    {
      title: article.title,
      revision: { from: article.publishedRevisionId, to: draftRevisionId },
      correction,
      from: {
        publishedAt: article.publishedAt,
        scheduledFor: article.scheduledFor,
        stage: article.stage,
      },
      to: { publishedAt, scheduledFor: null, stage: 'draft' },
    },
  );
  await expirePages(tx, [...before, ...(await articlePageTags(tx, [id]))]);
}

/** Where pages stand that did not before these articles were published: their own, and those of what they are about. */
export async function newPaths(
  tx: Transaction,
  published: readonly LoadedArticle[],
): Promise<string[]> {
  const fresh = published.filter(({ publishedAt }) => publishedAt === null);
  if (fresh.length === 0) return [];
  const ids = fresh.map(({ id }) => id);
  const about = await tx
    .selectDistinct({ slug: topics.slug })
    .from(articleTopics)
    .innerJoin(topics, eq(topics.id, articleTopics.topicId))
    .where(inArray(articleTopics.articleId, ids));
  return [
    ...fresh.map(({ slug }) => `/articles/${slug}`),
    ...about.map(({ slug }) => `/topics/${slug}`),
  ];
}
