import { asc, eq, inArray } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { bylines } from '#db/schema/articles.ts';
import { contributors } from '#db/schema/contributors.ts';
import { issues } from '#db/schema/issues.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import type { ContributorInput, NewContributorInput } from '#lib/contributors/input.ts';
import { isId } from '#lib/ids.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

type Refusal = 'forbidden' | 'not_found' | 'taken' | 'used' | 'invalid';
type Change = Promise<Result<undefined, Refusal>>;

const notYours = () => fail('forbidden', 'Only an editor may change the contributors.');
const gone = () => fail('not_found', 'This contributor does not exist any more.');

/** Adds somebody whose name can stand over an article. The address stays as it is from now on. */
export async function createContributor(
  actor: Actor,
  input: NewContributorInput,
): Promise<Result<{ id: string }, Refusal>> {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const refused = await refusePortrait(tx, input.portraitId);
    if (refused) return refused;
    const [row] = await tx
      .insert(contributors)
      .values(input)
      .onConflictDoNothing({ target: contributors.slug })
      .returning({ id: contributors.id });
    if (!row) {
      const message = 'Another contributor has this address.';
      return fail('taken', message, { slug: message });
    }
    const { name, slug } = input;
    const subject = { kind: 'contributor', id: row.id };
    await recordAudit(tx, actor, 'contributor.create', subject, { name, slug });
    await expirePages(tx, [articleTags.byContributor(slug)]);
    return ok(row);
  });
}

/** Changes who somebody is, on their own page and under everything that they made. */
export async function saveContributor(actor: Actor, id: string, input: ContributorInput): Change {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const contributor = await lockContributor(tx, id);
    if (!contributor) return gone();
    const refused = await refusePortrait(tx, input.portraitId);
    if (refused) return refused;
    await tx.update(contributors).set(input).where(eq(contributors.id, id));
    const renamed = input.name !== contributor.name;
    await recordAudit(
      tx,
      actor,
      'contributor.save',
      { kind: 'contributor', id },
      { name: input.name, ...changedFields(contributor, input) },
    );
    // The name stands on every card of what they made, whatever list holds it, and under the covers.
    const own = articleTags.byContributor(contributor.slug);
    await expirePages(tx, [renamed ? publicationTags.everything : own]);
    return ok();
  });
}

/** Deletes somebody whose name stands over nothing and never did: earlier versions of an article keep their bylines. */
export async function removeContributor(actor: Actor, id: string): Change {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const contributor = await lockContributor(tx, id);
    if (!contributor) return gone();
    if ((await tx.$count(bylines, eq(bylines.contributorId, id))) > 0) {
      return fail('used', 'Articles name this contributor, or once did: the name has to stay.');
    }
    if ((await tx.$count(issues, eq(issues.coverArtistId, id))) > 0) {
      return fail('used', 'A cover is by this contributor: the name has to stay.');
    }
    await tx.delete(contributors).where(eq(contributors.id, id));
    const { name, slug } = contributor;
    await recordAudit(tx, actor, 'contributor.remove', { kind: 'contributor', id }, { name, slug });
    await expirePages(tx, [articleTags.byContributor(slug)]);
    return ok();
  });
}

/** Whether all of them are still there; nobody removes those that are before the transaction ends. */
export async function holdContributors(tx: Transaction, ids: string[]): Promise<boolean> {
  if (ids.length === 0) return true;
  const rows = await tx
    .select({ id: contributors.id })
    .from(contributors)
    .where(inArray(contributors.id, ids))
    .orderBy(asc(contributors.id))
    .for('key share');
  return rows.length === new Set(ids).size;
}

/** The contributor, the row locked until the transaction ends. */
async function lockContributor(tx: Transaction, id: string) {
  if (!isId(id)) return null;
  const [row] = await tx.select().from(contributors).where(eq(contributors.id, id)).for('update');
  return row ?? null;
}

async function refusePortrait(
  tx: Transaction,
  portraitId: string | null,
): Promise<Failure<'invalid'> | null> {
  if (!portraitId || (await tx.$count(mediaAssets, eq(mediaAssets.id, portraitId))) > 0) {
    return null;
  }
  return fail('invalid', 'Some fields need another look.', {
    portraitId: 'This picture does not exist any more.',
  });
}
