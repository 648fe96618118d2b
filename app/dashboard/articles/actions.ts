'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { isConflict, saveForm, toAside } from '#app/dashboard/articles/saving.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import type { ActAnswer } from '#components/dashboard/desk/replies.ts';
import { createArticle } from '#lib/articles/commands.ts';
import { deleteDraft, discardChanges, restoreRevision } from '#lib/articles/revision-commands.ts';
import { currentActor } from '#lib/auth/session.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import { zonedInstant } from '#lib/publication/rules.ts';
import { publishArticle, scheduleArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { fail, type Result } from '#lib/result.ts';

export async function beginArticle(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const kind = textField(form, 'kind') === 'news' ? 'news' : 'article';
  const begun = await createArticle(await currentActor(), {
    title: textField(form, 'title'),
    kind,
  });
  if (!begun.ok) return refused(begun);
  redirect(`/dashboard/articles/${begun.value.id}`);
}

/**
 * Saves the article, and then does what the pressed button says (`intent`): publish it, take it off the site, schedule
 * it, take the appointment back, give up what was changed since it was published. Nothing is done to a text that was not
 * saved whole first.
 */
export async function saveAndAct(form: FormData): Promise<ActAnswer> {
  const actor = await currentActor();
  const id = textField(form, 'id');
  const saved = await saveForm(actor, id, form);
  if (!saved.ok) {
    if (!isConflict(saved)) return refused(saved);
    return { ...refused(saved), aside: await toAside(actor, id, saved) };
  }
  const { version, refused: fields } = saved.value;
  const intent = textField(form, 'intent');
  if (Object.keys(fields).length > 0) {
    await expired();
    return { ok: false, message: 'Saved, except for what is marked.', fields, version };
  }
  const acted = intent === 'save' ? null : await act(intent, id, form);
  await expired();
  if (!acted) return { ...done('Saved.'), version };
  if (!acted.ok) {
    return { ...refused(acted), message: `Saved, but not more: ${acted.message}`, version };
  }
  return { ...done(messages[intent] ?? 'Done.'), version: acted.value?.version ?? version };
}

/** Brings an older text back. */
export async function restore(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const id = textField(form, 'id');
  const restored = await restoreRevision(await currentActor(), id, textField(form, 'revision'));
  if (!restored.ok) return refused(restored);
  redirect(`/dashboard/articles/${id}`);
}

/** Deletes an article that nobody ever read. */
export async function removeDraft(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await deleteDraft(await currentActor(), textField(form, 'id'));
  if (!removed.ok) return refused(removed);
  redirect('/dashboard/articles');
}

const messages: Record<string, string> = {
  publish: 'Published: it is on the site now.',
  correct: 'Published, and marked as updated today.',
  unpublish: 'Taken off the site.',
  schedule: 'Scheduled.',
  unschedule: 'The appointment was taken back.',
  discard: 'Back to what is on the site. The text that was given up is among the revisions.',
};

async function act(
  intent: string,
  id: string,
  form: FormData,
): Promise<Result<{ version: number } | undefined>> {
  const actor = await currentActor();
  switch (intent) {
    case 'publish':
      return publishArticle(actor, id);
    case 'correct':
      return publishArticle(actor, id, { correction: true });
    case 'unpublish':
      return unpublishArticle(actor, id);
    case 'unschedule':
      return scheduleArticle(actor, id, null);
    case 'discard':
      return discardChanges(actor, id);
    case 'schedule': {
      const at = zonedInstant(textField(form, 'at'), await findTimeZone());
      if (!at) {
        return fail('invalid', 'Choose a day and a time.', { at: 'Choose a day and a time.' });
      }
      return scheduleArticle(actor, id, at);
    }
    default:
      return fail('invalid', 'This button is not known.');
  }
}
