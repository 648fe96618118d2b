import type { Transaction } from '#db/client.ts';
import { mediaIdsIn } from '#lib/articles/body.ts';
import type { DraftInput } from '#lib/articles/input.ts';
import { holdContributors } from '#lib/contributors/commands.ts';
import { holdPictures } from '#lib/media/queries.ts';
import { holdSection } from '#lib/sections/commands.ts';

/**
 * A section, a contributor or the picture over the text that somebody removed while the form was open: a message for the
 * field that names it. What is still there stays until the transaction ends.
 */
export async function removedFields(
  tx: Transaction,
  { sectionId, bylines, pictureId, body }: DraftInput,
): Promise<Record<string, string>> {
  const fields: Record<string, string> = {};
  if (sectionId && !(await holdSection(tx, sectionId))) {
    fields.sectionId = 'This section was removed. Choose another.';
  }
  const named = (bylines ?? []).map(({ contributorId }) => contributorId);
  if (!(await holdContributors(tx, named))) {
    fields.bylines = 'A contributor of this list is gone: choose another, or take the name out.';
  }
  // A picture that is gone from the text keeps nobody from saving: it shows nowhere, and the words are worth more.
  const inText = body ? mediaIdsIn(body) : [];
  const pictures = await holdPictures(tx, [...inText, ...(pictureId ? [pictureId] : [])]);
  if (pictureId && !pictures.has(pictureId)) {
    fields.pictureId = 'This picture was removed. Choose another.';
  }
  return fields;
}
