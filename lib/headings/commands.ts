import { asc, eq, inArray } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import type { series, topics } from '#db/schema/contributors.ts';
import { unlessTaken } from '#db/unique.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import { isId } from '#lib/ids.ts';
import { addressMoved, addressTaken } from '#lib/redirects/commands.ts';
import { type Failure, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/** What articles stand under beside their one section, with a page of its own that is there once one is published. */
export type Heading = {
  /** In the log. */
  kind: 'topic' | 'series';
  table: typeof topics | typeof series;
  pathOf: (slug: string) => string;
  /** The tag of its page. */
  tagOf: (slug: string) => string;
  notYours: () => Failure<'forbidden'>;
  gone: () => Failure<'not_found'>;
  taken: () => Failure<'taken'>;
  /** Tags of the pages that name it, besides its own and the lists. */
  namedOn: (tx: Transaction, id: string) => Promise<string[]>;
  /** Locks its articles; called before it is locked itself, as whoever changes one of them does. */
  lockArticles: (tx: Transaction, id: string) => Promise<void>;
  /** Takes its articles from under it, and answers how many there were. */
  free: (tx: Transaction, id: string) => Promise<number>;
};

export type HeadingInput = { name: string; slug: string; description: string };
export type HeadingRefusal = 'forbidden' | 'not_found' | 'taken';

/** Makes a heading that no article stands under yet. */
export async function createHeading(
  { kind, table, pathOf, tagOf, notYours, taken }: Heading,
  actor: Actor,
  input: HeadingInput,
): Promise<Result<{ id: string }, HeadingRefusal>> {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const [row] = await tx
      .insert(table)
      .values(input)
      .onConflictDoNothing({ target: table.slug })
      .returning({ id: table.id });
    if (!row) return taken();
    const { name, slug } = input;
    await addressTaken(tx, actor, [pathOf(slug)]);
    await recordAudit(tx, actor, `${kind}.create`, { kind, id: row.id }, { name, slug });
    await expirePages(tx, [tagOf(slug)]);
    return ok(row);
  });
}

/** Changes what a heading is called and how it is described. From a former address readers are redirected for good. */
export async function saveHeading(
  { kind, table, pathOf, tagOf, namedOn, notYours, gone, taken }: Heading,
  actor: Actor,
  id: string,
  input: HeadingInput,
): Promise<Result<undefined, HeadingRefusal>> {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    const [before] = await lockHeadings(tx, table, [id]);
    if (!before) return gone();
    const write = (inner: Transaction) => inner.update(table).set(input).where(eq(table.id, id));
    if (!(await unlessTaken(tx, write))) return taken();
    const { name, slug } = input;
    if (slug !== before.slug) await addressMoved(tx, actor, pathOf(before.slug), pathOf(slug));
    const detail = { name, ...changedFields(before, input) };
    await recordAudit(tx, actor, `${kind}.save`, { kind, id }, detail);
    const own = [before.slug, slug].map(tagOf);
    await expirePages(tx, [articleTags.latest, ...own, ...(await namedOn(tx, id))]);
    return ok();
  });
}

/** Deletes a heading; its articles stay. */
export async function removeHeading(
  { kind, table, tagOf, namedOn, lockArticles, free, notYours, gone }: Heading,
  actor: Actor,
  id: string,
): Promise<Result<undefined, HeadingRefusal>> {
  if (!may(actor, 'articles.edit-any')) return notYours();
  return db().transaction(async (tx) => {
    await lockArticles(tx, id);
    const [before] = await lockHeadings(tx, table, [id]);
    if (!before) return gone();
    const pages = await namedOn(tx, id);
    const articles = await free(tx, id);
    await tx.delete(table).where(eq(table.id, id));
    const { name, slug } = before;
    await recordAudit(tx, actor, `${kind}.remove`, { kind, id }, { name, slug, articles });
    await expirePages(tx, [articleTags.latest, tagOf(slug), ...pages]);
    return ok();
  });
}

/** Those of them that are there, in the order of `ids`, their rows locked until the transaction ends. */
export async function lockHeadings(tx: Transaction, table: Heading['table'], ids: string[]) {
  const { id, slug, name, description } = table;
  const rows = await tx
    .select({ id, slug, name, description })
    .from(table)
    .where(inArray(id, ids.filter(isId)))
    .orderBy(asc(id))
    .for('update');
  return ids.flatMap((one) => rows.find((row) => row.id === one) ?? []);
}
