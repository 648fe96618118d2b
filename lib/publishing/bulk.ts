import { lt, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articleEditing } from '#db/schema/workflow.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import type { ArticleInput } from '#lib/articles/input.ts';
import { deleteDraft } from '#lib/articles/removal.ts';
import type { Access } from '#lib/articles/rules.ts';
import { clock } from '#lib/clock.ts';
import { publishArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { type Draft, findDraft } from '#lib/publishing/desk.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { slugify } from '#lib/slug.ts';
import type { Actor } from '#lib/users/rules.ts';

/** What can be done to many articles in one go. */
export type BulkChange =
  | { kind: 'section'; sectionId: string | null }
  | { kind: 'access'; access: Access }
  | { kind: 'add-topic'; topic: string }
  | { kind: 'remove-topic'; topic: string }
  | { kind: 'publish' }
  | { kind: 'unpublish' }
  | { kind: 'delete' }
  /** A command of another domain, such as handing the articles on or giving them to somebody. */
  | { kind: 'other'; run: BulkCommand };

/** A command over one article, with its own rules, its own transaction and its own audit entry. */
export type BulkCommand = (actor: Actor, articleId: string) => Promise<Result<unknown>>;

/** What became of one article. `title` is its address in the database where it was not there to be named. */
export type BulkOutcome = { id: string; title: string; ok: boolean; why: string };

/** As many as are changed in one go: about as many as somebody looks over. */
export const bulkBound = 200;

/**
 * Does the same to many articles, one after the other, by the command that does it to one: each is refused or done by
 * itself, and what was done stays done. An article that somebody is writing in is left alone where its text would change.
 */
export async function changeArticles(
  actor: Actor,
  ids: readonly string[],
  change: BulkChange,
): Promise<BulkOutcome[]> {
  const outcomes: BulkOutcome[] = [];
  for (const id of [...new Set(ids)].slice(0, bulkBound)) {
    const draft = await findDraft(actor, id);
    const title = draft?.title ?? id;
    const done = draft
      ? await changeOne(actor, draft, change)
      : fail('not_found', 'It does not exist any more, or is not yours.');
    outcomes.push({ id, title, ok: done.ok, why: done.ok ? '' : done.message });
  }
  return outcomes;
}

async function changeOne(actor: Actor, draft: Draft, change: BulkChange): Promise<Result<unknown>> {
  switch (change.kind) {
    case 'publish':
      return publishArticle(actor, draft.id);
    case 'unpublish':
      if (!draft.publishedAt) return fail('invalid', 'It is not on the site.');
      return unpublishArticle(actor, draft.id);
    case 'delete':
      return deleteDraft(actor, draft.id);
    case 'other':
      return change.run(actor, draft.id);
    case 'section':
      if (draft.sectionId === change.sectionId) return ok();
      return save(actor, draft, { sectionId: change.sectionId });
    case 'access':
      if (draft.access === change.access) return ok();
      return save(actor, draft, { access: change.access });
    case 'add-topic':
      if (holds(draft, change.topic)) return ok();
      return save(actor, draft, { topics: [...draft.topics, change.topic] });
    case 'remove-topic':
      if (!holds(draft, change.topic)) return ok();
      return save(actor, draft, {
        topics: draft.topics.filter((topic) => slugify(topic) !== slugify(change.topic)),
      });
  }
}

function holds({ topics }: Draft, topic: string): boolean {
  return topics.some((one) => slugify(one) === slugify(topic));
}

async function save(
  actor: Actor,
  draft: Draft,
  changed: Partial<ArticleInput>,
): Promise<Result<unknown>> {
  const writing = await whoWrites(draft.id);
  if (writing) return fail('busy', `${writing} is writing in it.`);
  return saveArticle(actor, draft.id, draft.version, {
    ...draft,
    pictureId: draft.picture?.id ?? null,
    bylines: draft.bylines.map(({ contributorId, role }) => ({ contributorId, role })),
    ...changed,
  });
}

/** How long a window that fell silent still holds its article, in milliseconds. */
const silence = 60_000;

async function whoWrites(articleId: string): Promise<string | null> {
  const since = new Date(clock.now().getTime() - silence);
  const { rows } = await db().execute<{ who: string }>(sql`
    select coalesce(nullif(users.name, ''), users.email) as who from ${articleEditing}
    join users on users.id = ${articleEditing.userId}
    where ${articleEditing.articleId} = ${articleId} and not ${lt(articleEditing.seenAt, since)}`);
  return rows[0]?.who ?? null;
}
