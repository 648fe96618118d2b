import { db } from '#db/client.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { elsewhere, findWriting } from '#lib/articles/editing.ts';
import type { DraftInput } from '#lib/articles/input.ts';
import { deleteDraft } from '#lib/articles/revision-commands.ts';
import type { Access } from '#lib/articles/rules.ts';
import { publishArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { type Draft, findDraft } from '#lib/publishing/draft.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { slugify } from '#lib/slug.ts';
import type { Actor } from '#lib/users/rules.ts';
import { assignTask } from '#lib/workflow/assignments.ts';
import { moveArticle } from '#lib/workflow/commands.ts';
import type { AssignmentInput } from '#lib/workflow/input.ts';
import type { Stage } from '#lib/workflow/rules.ts';

/** What can be done to many articles in one go. */
export type BulkChange =
  | { kind: 'section'; sectionId: string | null }
  | { kind: 'access'; access: Access }
  | { kind: 'add-topic'; topic: string }
  | { kind: 'remove-topic'; topic: string }
  | { kind: 'publish' }
  | { kind: 'unpublish' }
  | { kind: 'delete' }
  | { kind: 'stage'; to: Stage }
  | { kind: 'assign'; assignment: AssignmentInput };

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
    case 'stage':
      if (draft.stage === change.to) return ok();
      return moveArticle(actor, draft.id, { from: draft.stage, to: change.to, note: '' });
    case 'assign':
      return assignTask(actor, draft.id, change.assignment);
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

async function save(actor: Actor, draft: Draft, changed: DraftInput): Promise<Result<unknown>> {
  const writing = await findWriting(db(), draft.id);
  if (elsewhere(writing, null)) return fail('busy', `${writing.name} is writing in it.`);
  const saved = await saveArticle(actor, draft.id, draft.version, changed);
  if (!saved.ok) return saved;
  const [refused] = Object.values(saved.value.refused);
  return refused ? fail('invalid', refused) : ok();
}
