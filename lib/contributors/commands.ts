import { asc, eq, inArray } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { bylines } from '#db/schema/articles.ts';
import { contributors } from '#db/schema/contributors.ts';
import { issues } from '#db/schema/issues.ts';
import { users } from '#db/schema/users.ts';
import { unlessTaken } from '#db/unique.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import type { ContributorInput } from '#lib/contributors/input.ts';
import { isId } from '#lib/ids.ts';
import { holdPictures } from '#lib/media/queries.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { addressMoved, addressTaken } from '#lib/redirects/commands.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type ContributorRefusal = 'forbidden' | 'not_found' | 'taken' | 'used' | 'invalid';
type Change = Promise<Result<undefined, ContributorRefusal>>;

const notYours = () => fail('forbidden', 'Only an editor may change the contributors.');
const gone = () => fail('not_found', 'This contributor does not exist any more.');
const taken = () => {
  const message = 'Another contributor has this address.';
  return fail('taken', message, { slug: message });
};

/** Adds somebody whose name can stand over an article. */
export async function createContributor(
  actor: Actor,
  input: ContributorInput,
): Promise<Result<{ id: string }, ContributorRefusal>> {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const refused = await refuseRemoved(tx, input);
    if (refused) return refused;
    const [row] = await tx
      .insert(contributors)
      .values(input)
      .onConflictDoNothing({ target: contributors.slug })
      .returning({ id: contributors.id });
    if (!row) return taken();
    const { name, slug } = input;
    await addressTaken(tx, actor, [pathOf(slug)]);
    const subject = { kind: 'contributor', id: row.id };
    await recordAudit(tx, actor, 'contributor.create', subject, { name, slug });
    await expirePages(tx, [articleTags.byContributor(slug)]);
    return ok(row);
  });
}

/**
 * Changes who somebody is, on their own page and under everything that they made. From a former address readers are
 * redirected for good.
 */
export async function saveContributor(actor: Actor, id: string, input: ContributorInput): Change {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const [before] = await lockContributors(tx, [id]);
    if (!before) return gone();
    const refused = await refuseRemoved(tx, input);
    if (refused) return refused;
    const moved = input.slug !== before.slug;
    const write = (inner: Transaction) =>
      inner.update(contributors).set(input).where(eq(contributors.id, id));
    if (!(await unlessTaken(tx, write))) return taken();
    if (moved) await addressMoved(tx, actor, pathOf(before.slug), pathOf(input.slug));
    const renamed = input.name !== before.name;
    await recordAudit(
      tx,
      actor,
      'contributor.save',
      { kind: 'contributor', id },
      { name: input.name, ...changedFields(before, input) },
    );
    // Name and address stand on every card of what they made, whatever list holds it, and under the covers.
    const own = articleTags.byContributor(before.slug);
    await expirePages(tx, [renamed || moved ? publicationTags.everything : own]);
    return ok();
  });
}

/** Deletes somebody whose name stands over nothing and never did: earlier versions of an article keep their bylines. */
export async function removeContributor(actor: Actor, id: string): Change {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const [contributor] = await lockContributors(tx, [id]);
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

/** Those of them that are there, in the order of `ids`, their rows locked until the transaction ends. */
export async function lockContributors(tx: Transaction, ids: string[]) {
  const rows = await tx
    .select()
    .from(contributors)
    .where(inArray(contributors.id, ids.filter(isId)))
    .orderBy(asc(contributors.id))
    .for('update');
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/** Where somebody's page stands. */
export const pathOf = (slug: string) => `/contributors/${slug}`;

async function refuseRemoved(
  tx: Transaction,
  { portraitId, userId }: ContributorInput,
): Promise<Failure<'invalid'> | null> {
  const fields: Record<string, string> = {};
  if (portraitId && !(await holdPictures(tx, [portraitId])).has(portraitId)) {
    fields.portraitId = 'This picture does not exist any more.';
  }
  if (userId && (await tx.$count(users, eq(users.id, userId))) === 0) {
    fields.userId = 'This account does not exist any more.';
  }
  if (Object.keys(fields).length === 0) return null;
  return fail('invalid', 'Some fields need another look.', fields);
}
