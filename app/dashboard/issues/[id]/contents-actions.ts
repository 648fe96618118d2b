'use server';

import { done, refused } from '#app/dashboard/answer.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { isId } from '#lib/ids.ts';
import { parseInput } from '#lib/input.ts';
import { movePlacement, placeArticle, removePlacement } from '#lib/issues/commands.ts';
import { arrangeContents } from '#lib/issues/contents.ts';
import { type PlacementInput, placementInput } from '#lib/issues/input.ts';
import { fail, type Result } from '#lib/result.ts';

const unknown = () => fail('not_found', 'This issue or article does not exist any more.');

export async function place(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const issueId = textField(form, 'id');
  if (!isId(issueId)) return refused(unknown());
  const input = parseInput(placementInput, {
    articleId: textField(form, 'articleId'),
    department: textField(form, 'department'),
    page: textField(form, 'page'),
  });
  if (!input.ok) return refused(input);
  return answer(await placeArticle(await currentActor(), issueId, input.value), 'Placed.');
}

/**
 * What the pressed button of the contents says: `save` for every department and page, or `up`, `down` or `remove` with
 * the article's id after a colon.
 */
export async function changeContents(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const issueId = textField(form, 'id');
  const [intent = '', articleId = ''] = textField(form, 'intent').split(':');
  if (!isId(issueId)) return refused(unknown());
  const actor = await currentActor();
  if (intent === 'save') {
    const places = placesOf(form);
    if (!places.ok) return refused(places);
    return answer(await arrangeContents(actor, issueId, places.value), 'Saved.');
  }
  if (!isId(articleId)) return refused(unknown());
  switch (intent) {
    case 'up':
    case 'down':
      return answer(await movePlacement(actor, issueId, articleId, intent), `Moved ${intent}.`);
    case 'remove':
      return answer(await removePlacement(actor, issueId, articleId), 'Taken out of the issue.');
    default:
      return refused(fail('invalid', 'This button is not known.'));
  }
}

/** Every row's department and page; what is wrong is named by the row's own fields. */
function placesOf(form: FormData): Result<PlacementInput[]> {
  const places: PlacementInput[] = [];
  const wrong: Record<string, string> = {};
  for (const articleId of form.getAll('articleId').map(String)) {
    const input = parseInput(placementInput, {
      articleId,
      department: textField(form, `department-${articleId}`),
      page: textField(form, `page-${articleId}`),
    });
    if (input.ok) places.push(input.value);
    else {
      for (const [name, text] of Object.entries(input.fields ?? {})) {
        wrong[`${name}-${articleId}`] = text;
      }
    }
  }
  if (Object.keys(wrong).length > 0) {
    return fail('invalid', 'Some fields need another look. Nothing was saved.', wrong);
  }
  return { ok: true, value: places };
}

async function answer(changed: Result<undefined>, message: string): Promise<FormAnswer> {
  if (!changed.ok) return refused(changed);
  await expired();
  return done(message);
}
