import { eq } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { holdContributors } from '#lib/contributors/commands.ts';
import type { IssueInput } from '#lib/issues/input.ts';
import { type Failure, fail } from '#lib/result.ts';

/** A cover or its artist that somebody removed while the form was open; what is still there stays with the transaction. */
export async function refuseRemoved(
  tx: Transaction,
  { coverArtistId, coverId }: Pick<IssueInput, 'coverArtistId' | 'coverId'>,
): Promise<Failure<'removed'> | null> {
  const fields: Record<string, string> = {};
  if (coverArtistId && !(await holdContributors(tx, [coverArtistId]))) {
    fields.coverArtistId = 'This contributor was removed. Choose another.';
  }
  if (coverId) {
    const held = await tx
      .select({ id: mediaAssets.id })
      .from(mediaAssets)
      .where(eq(mediaAssets.id, coverId))
      .for('key share');
    if (held.length === 0) fields.coverId = 'This picture was removed. Choose another.';
  }
  if (Object.keys(fields).length === 0) return null;
  return fail('removed', 'Not saved: somebody removed what you chose meanwhile.', fields);
}
