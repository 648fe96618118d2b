import { readArticleForm } from '#app/dashboard/articles/form.ts';
import { textField } from '#app/request.ts';
import type { Aside } from '#components/dashboard/desk/replies.ts';
import type { SaveConflict } from '#lib/articles/aside.ts';
import { type Saved, type SaveFailure, saveArticle } from '#lib/articles/commands.ts';
import { compareTexts } from '#lib/articles/compare.ts';
import { findRevisions } from '#lib/articles/revisions.ts';
import { type Failure, fail } from '#lib/result.ts';
import type { Actor } from '#lib/users/rules.ts';

/**
 * Saves what an article's form sent, with all that can be taken of it. A text that can't be read at all refuses the whole: it
 * is what the form is there for.
 */
export async function saveForm(
  actor: Actor,
  id: string,
  form: FormData,
): Promise<{ ok: true; value: Saved } | SaveFailure | Failure<'invalid'>> {
  const { input, fields } = readArticleForm(form);
  if (fields.body) return fail('invalid', fields.body, fields);
  const windowName = textField(form, 'window') || null;
  const version = Number(textField(form, 'version'));
  const saved = await saveArticle(actor, id, version, input, windowName);
  if (!saved.ok) return saved;
  return { ok: true, value: { ...saved.value, refused: { ...fields, ...saved.value.refused } } };
}

export function isConflict(failure: Failure | SaveConflict): failure is SaveConflict {
  return 'asideId' in failure;
}

/** A conflict as its form shows it: who was there first, and what differs. */
export async function toAside(actor: Actor, id: string, conflict: SaveConflict): Promise<Aside> {
  const { message, by, at, asideId, draftId } = conflict;
  const [draft, aside] = await findRevisions(actor, id, [draftId, asideId]);
  if (!draft || !aside) throw new Error(`A text kept aside of article ${id} is gone`);
  const comparison = compareTexts(draft, aside);
  return { message, by, at: at.toISOString(), asideId, draftId, comparison };
}
