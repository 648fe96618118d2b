'use server';

import { done } from '#app/dashboard/answer.ts';
import { bulkChange } from '#app/dashboard/articles/bulk-commands.ts';
import { deskFilters } from '#app/dashboard/articles/filters.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { BulkAnswer } from '#components/dashboard/article/bulk-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { bulkBound, changeArticles } from '#lib/publishing/bulk.ts';
import { listDeskIds } from '#lib/publishing/desk.ts';

/** Does the chosen thing to the chosen articles, or to all that the list's filters find, and says what became of each. */
export async function changeChosen(_: BulkAnswer | null, form: FormData): Promise<BulkAnswer> {
  const actor = await currentActor();
  const field = (name: string) => textField(form, name);
  const asked = bulkChange(field('what'), field);
  if ('missing' in asked) return { ok: false, message: asked.missing, fields: {}, refused: [] };
  const ids =
    field('all') === 'on'
      ? await listDeskIds(
          actor,
          deskFilters((name) => field(`filter-${name}`)),
          bulkBound,
        )
      : form.getAll('id').filter((id) => typeof id === 'string');
  const outcomes = await changeArticles(actor, ids, asked.change);
  await expired();
  const refused = outcomes.filter(({ ok }) => !ok);
  const count = outcomes.length - refused.length;
  const message = `${count} done${refused.length > 0 ? `, ${refused.length} refused:` : '.'}`;
  return { ...done(message), ok: refused.length === 0, refused };
}
