import type { Transaction } from '#db/client.ts';
import { holdContributors } from '#lib/contributors/commands.ts';
import type { IssueInput } from '#lib/issues/input.ts';
import { type Failure, fail } from '#lib/result.ts';

/** A cover artist whom somebody removed while the form was open; one who is still there stays with the transaction. */
export async function refuseRemoved(
  tx: Transaction,
  { coverArtistId }: IssueInput,
): Promise<Failure<'removed'> | null> {
  if (!coverArtistId || (await holdContributors(tx, [coverArtistId]))) return null;
  return fail('removed', 'Not saved: somebody whom you chose was removed meanwhile.', {
    coverArtistId: 'This contributor was removed. Choose another.',
  });
}
