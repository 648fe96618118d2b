import { asc, eq, inArray, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { bylines } from '#db/schema/articles.ts';
import { contributors } from '#db/schema/contributors.ts';
import { issues } from '#db/schema/issues.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { type ContributorRefusal, lockContributors, pathOf } from '#lib/contributors/commands.ts';
import { isId } from '#lib/ids.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { addressMoved } from '#lib/redirects/commands.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/**
 * Makes one of two: everything that names `fromId` names `intoId` from now on, published and earlier versions too, whose
 * text stays as it was. What `intoId` lacks (portrait, biography, account …) it gets from `fromId`, which is deleted and
 * whose address redirects for good.
 */
export async function mergeContributors(
  actor: Actor,
  fromId: string,
  intoId: string,
): Promise<Result<{ versions: number; covers: number }, ContributorRefusal>> {
  if (!may(actor, 'articles.edit-any')) {
    return fail('forbidden', 'Only an editor may change the contributors.');
  }
  if (fromId === intoId) {
    const message = 'Choose somebody else: this is the same contributor.';
    return fail('invalid', message, { intoId: message });
  }
  return db().transaction(async (tx) => {
    await lockCovers(tx, fromId);
    const [from, into] = await lockContributors(tx, [fromId, intoId]);
    if (!from || !into) return fail('not_found', 'One of the two does not exist any more.');
    const versions = await moveBylines(tx, fromId, intoId);
    const covers = await tx
      .update(issues)
      .set({ coverArtistId: intoId })
      .where(eq(issues.coverArtistId, fromId))
      .returning({ id: issues.id });
    await tx.delete(contributors).where(eq(contributors.id, fromId));
    await tx
      .update(contributors)
      .set({
        portraitId: into.portraitId ?? from.portraitId,
        userId: into.userId ?? from.userId,
        biography: into.biography || from.biography,
        website: into.website ?? from.website,
        city: into.city ?? from.city,
      })
      .where(eq(contributors.id, intoId));
    await addressMoved(tx, actor, pathOf(from.slug), pathOf(into.slug));
    await recordAudit(
      tx,
      actor,
      'contributor.merge',
      { kind: 'contributor', id: intoId },
      {
        from: { id: fromId, name: from.name, slug: from.slug },
        into: { name: into.name, slug: into.slug },
        versions,
        covers: covers.length,
      },
    );
    await expirePages(tx, [publicationTags.everything]);
    return ok({ versions, covers: covers.length });
  });
}

/** Before the contributor, as whoever saves an issue locks them in this order. */
async function lockCovers(tx: Transaction, artistId: string): Promise<void> {
  if (!isId(artistId)) return;
  await tx
    .select({ id: issues.id })
    .from(issues)
    .where(eq(issues.coverArtistId, artistId))
    .orderBy(asc(issues.id))
    .for('update');
}

/** Where both stand in one role over one version, the first place is kept. Answers how many versions were changed. */
async function moveBylines(tx: Transaction, fromId: string, intoId: string): Promise<number> {
  const pair = [fromId, intoId];
  await tx.execute(sql`
    delete from ${bylines} using (
      select revision_id, role, max(position) as later from ${bylines}
      where ${inArray(bylines.contributorId, pair)}
      group by revision_id, role having count(*) = 2) twice
    where ${bylines.revisionId} = twice.revision_id and ${bylines.position} = twice.later`);
  const moved = await tx
    .update(bylines)
    .set({ contributorId: intoId })
    .where(eq(bylines.contributorId, fromId))
    .returning({ revisionId: bylines.revisionId });
  return new Set(moved.map(({ revisionId }) => revisionId)).size;
}
