import type { Transaction } from '#db/client.ts';
import { mediaIdsIn } from '#lib/articles/body.ts';
import type { ArticleInput } from '#lib/articles/input.ts';
import { holdContributors } from '#lib/contributors/commands.ts';
import { holdPictures } from '#lib/media/queries.ts';
import { type Failure, fail } from '#lib/result.ts';
import { holdSection } from '#lib/sections/commands.ts';

/**
 * A section, a contributor or the picture over the text that somebody removed while the form was open. What is still there stays until the
 * transaction ends.
 */
export async function refuseRemoved(
  tx: Transaction,
  { sectionId, bylines, pictureId, body }: ArticleInput,
): Promise<Failure<'removed'> | null> {
  const fields: Record<string, string> = {};
  if (sectionId && !(await holdSection(tx, sectionId))) {
    fields.sectionId = 'This section was removed. Choose another.';
  }
  const named = bylines.map(({ contributorId }) => contributorId);
  if (!(await holdContributors(tx, named))) {
    fields.bylines = 'A contributor of this list is gone: choose another, or take the name out.';
  }
  // A picture that is gone from the text keeps nobody from saving: it shows nowhere, and the words are worth more.
  const pictures = await holdPictures(tx, [...mediaIdsIn(body), ...(pictureId ? [pictureId] : [])]);
  if (pictureId && !pictures.has(pictureId)) {
    fields.pictureId = 'This picture was removed. Choose another.';
  }
  if (Object.keys(fields).length === 0) return null;
  return fail('removed', 'Not saved: something that you chose was removed meanwhile.', fields);
}
