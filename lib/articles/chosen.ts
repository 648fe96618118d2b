import { eq } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { series } from '#db/schema/contributors.ts';
import { mediaAssets } from '#db/schema/media.ts';
import type { DraftInput } from '#lib/articles/input.ts';
import { holdContributors } from '#lib/contributors/commands.ts';
import { holdSection } from '#lib/sections/commands.ts';

/**
 * A section, a contributor, a picture or a series that somebody removed while the form was open: a message for the field
 * that names it. What is still there stays until the transaction ends.
 */
export async function removedFields(
  tx: Transaction,
  { sectionId, bylines, pictureId, seriesId }: DraftInput,
): Promise<Record<string, string>> {
  const fields: Record<string, string> = {};
  if (sectionId && !(await holdSection(tx, sectionId))) {
    fields.sectionId = 'This section was removed. Choose another.';
  }
  const named = (bylines ?? []).map(({ contributorId }) => contributorId);
  if (!(await holdContributors(tx, named))) {
    fields.bylines = 'A contributor of this list is gone: choose another, or take the name out.';
  }
  if (pictureId && !(await hold(tx, mediaAssets, pictureId))) {
    fields.pictureId = 'This picture was removed. Choose another.';
  }
  if (seriesId && !(await hold(tx, series, seriesId))) {
    fields.seriesId = 'This series was removed. Choose another.';
  }
  return fields;
}

async function hold(
  tx: Transaction,
  table: typeof mediaAssets | typeof series,
  id: string,
): Promise<boolean> {
  const found = await tx
    .select({ id: table.id })
    .from(table)
    .where(eq(table.id, id))
    .for('key share');
  return found.length > 0;
}
