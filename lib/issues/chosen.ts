import type { Transaction } from '#db/client.ts';
import { holdContributors } from '#lib/contributors/commands.ts';
import type { IssueInput } from '#lib/issues/input.ts';
import { holdPictures } from '#lib/media/queries.ts';
import { type Failure, fail } from '#lib/result.ts';

/**
 * A cover or its artist that somebody removed while the form was open; what is still there stays with the transaction.
 */
export async function refuseRemoved(
  tx: Transaction,
  { coverArtistId, coverId }: Pick<IssueInput, 'coverArtistId' | 'coverId'>,
): Promise<Failure<'removed'> | null> {
  const fields: Record<string, string> = {};
  if (coverArtistId && !(await holdContributors(tx, [coverArtistId]))) {
    fields.coverArtistId = 'This contributor was removed. Choose another.';
  }
  if (coverId && !(await holdPictures(tx, [coverId])).has(coverId)) {
    fields.coverId = 'This picture was removed. Choose another.';
  }
  if (Object.keys(fields).length === 0) return null;
  return fail('removed', 'Not saved: something that you chose was removed meanwhile.', fields);
}
