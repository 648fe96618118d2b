'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { createArticle, saveArticle } from '#lib/articles/commands.ts';
import { articleInput } from '#lib/articles/input.ts';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { publishArticle, scheduleArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { fail } from '#lib/result.ts';

export async function beginArticle(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const kind = textField(form, 'kind') === 'news' ? 'news' : 'article';
  const begun = await createArticle(await currentActor(), {
    title: textField(form, 'title'),
    kind,
  });
  if (!begun.ok) return refused(begun);
  redirect(`/dashboard/articles/${begun.value.id}`);
}

/** What the form's answer adds: the version that the next save has to name. */
export type SaveAnswer = FormAnswer & { version?: number };

/**
 * Saves the article, and then does what the pressed button says (`intent`): publish it, take it off the site, schedule
 * it or take the appointment back. Nothing is published that was not saved first.
 */
export async function saveAndAct(form: FormData): Promise<SaveAnswer> {
  const actor = await currentActor();
  const id = textField(form, 'id');
  const input = parseInput(articleInput, {
    ...Object.fromEntries(
      [
        'title',
        'slug',
        'kind',
        'kicker',
        'standfirst',
        'access',
        'sectionId',
        'pictureId',
        'body',
      ].map((name) => [name, textField(form, name)]),
    ),
    bylines: form.getAll('bylineContributor').map((contributorId, index) => ({
      contributorId,
      role: form.getAll('bylineRole')[index],
    })),
    topics: textField(form, 'topics')
      .split(',')
      .map((topic) => topic.trim())
      .filter(Boolean),
  });
  if (!input.ok) return refused(input);
  const saved = await saveArticle(actor, id, Number(textField(form, 'version')), input.value);
  if (!saved.ok) return refused(saved);
  const { version } = saved.value;
  const intent = textField(form, 'intent');
  const acted = intent === 'save' ? null : await act(intent, id, form);
  await expired();
  if (!acted) return { ...done('Saved.'), version };
  if (!acted.ok) {
    return { ...refused(acted), message: `Saved, but not more: ${acted.message}`, version };
  }
  return { ...done(messages[intent] ?? 'Done.'), version };
}

const messages: Record<string, string> = {
  publish: 'Published: it is on the site now.',
  correct: 'Published, and marked as updated today.',
  unpublish: 'Taken off the site.',
  schedule: 'Scheduled.',
  unschedule: 'The appointment was taken back.',
};

async function act(intent: string, id: string, form: FormData) {
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
    case 'schedule': {
      const at = new Date(`${textField(form, 'at')}:00Z`);
      if (Number.isNaN(at.getTime())) {
        return fail('invalid', 'Choose a day and a time.', { at: 'Choose a day and a time.' });
      }
      return scheduleArticle(actor, id, at);
    }
    default:
      return fail('invalid', 'This button is not known.');
  }
}
