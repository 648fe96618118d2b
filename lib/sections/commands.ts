import { asc, eq, max } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { putInOrder } from '#db/order.ts';
import { revisions } from '#db/schema/articles.ts';
import { sections } from '#db/schema/contributors.ts';
import { unlessTaken } from '#db/unique.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import { isId } from '#lib/ids.ts';
import type { OrderInput } from '#lib/input.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { addressMoved, addressTaken } from '#lib/redirects/commands.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { SectionInput } from '#lib/sections/input.ts';
import { type Actor, may } from '#lib/users/rules.ts';

type Refusal = 'forbidden' | 'not_found' | 'taken' | 'used' | 'changed' | 'invalid';
type Change = Promise<Result<undefined, Refusal>>;

const notYours = () => fail('forbidden', 'Only a publisher may change the sections.');
const gone = () => fail('not_found', 'This section does not exist any more.');
const taken = () => {
  const message = 'Another section has this address.';
  return fail('taken', message, { slug: message });
};

/** Makes a section, as the last one. */
export async function createSection(
  actor: Actor,
  input: SectionInput,
): Promise<Result<{ id: string }, Refusal>> {
  if (!may(actor, 'site.edit')) return notYours();
  return db().transaction(async (tx) => {
    const [last] = await tx.select({ position: max(sections.position) }).from(sections);
    const [row] = await tx
      .insert(sections)
      .values({ ...input, position: (last?.position ?? 0) + 1 })
      .onConflictDoNothing({ target: sections.slug })
      .returning({ id: sections.id });
    if (!row) return taken();
    const { name, slug } = input;
    await addressTaken(tx, actor, [pathOf(slug)]);
    await recordAudit(tx, actor, 'section.create', { kind: 'section', id: row.id }, { name, slug });
    await expirePages(tx, pagesOf(slug));
    return ok(row);
  });
}

/** Changes what a section is called and how it is described. From a former address readers are redirected for good. */
export async function saveSection(actor: Actor, id: string, input: SectionInput): Change {
  if (!may(actor, 'site.edit')) return notYours();
  return db().transaction(async (tx) => {
    const section = await lockSection(tx, id);
    if (!section) return gone();
    const write = (inner: Transaction) =>
      inner.update(sections).set(input).where(eq(sections.id, id));
    if (!(await unlessTaken(tx, write))) return taken();
    const moved = input.slug !== section.slug;
    if (moved) await addressMoved(tx, actor, pathOf(section.slug), pathOf(input.slug));
    const renamed = input.name !== section.name;
    await recordAudit(
      tx,
      actor,
      'section.save',
      { kind: 'section', id },
      { name: input.name, ...changedFields(section, input) },
    );
    // Both stand in the frame of every page and on every card of the section's articles, whatever list holds it.
    const shown = renamed || moved ? [publicationTags.everything] : pagesOf(section.slug);
    await expirePages(tx, shown);
    return ok();
  });
}

/**
 * Puts the sections into another order, in which every page names them from then on. Refused where they no longer
 * stand as `order.from` says: somebody else has ordered, added or removed some meanwhile.
 */
export async function orderSections(actor: Actor, order: OrderInput): Change {
  if (!may(actor, 'site.edit')) return notYours();
  return db().transaction(async (tx) => {
    // Locked in the order of their ids, and read after that: two who order sections don't wait for each other.
    await tx.select({ id: sections.id }).from(sections).orderBy(asc(sections.id)).for('update');
    const rows = await tx
      .select({ id: sections.id, name: sections.name })
      .from(sections)
      .orderBy(asc(sections.position), asc(sections.name), asc(sections.id));
    const moved = await putInOrder(tx, sections, 'sections', rows, order);
    if (!moved.ok) return moved;
    if (moved.value) {
      const subject = { kind: 'section', id: 'all' };
      await recordAudit(tx, actor, 'section.order', subject, moved.value);
      await expirePages(tx, [publicationTags.publication]);
    }
    return ok();
  });
}

/**
 * Deletes a section. Articles that stand in it or once did go to the section `heirId`, earlier versions too, and its
 * address leads there; without one it is deleted only if there are none.
 */
export async function removeSection(
  actor: Actor,
  id: string,
  heirId: string | null = null,
): Change {
  if (!may(actor, 'site.edit')) return notYours();
  if (heirId === id) {
    const message = 'Choose another section.';
    return fail('invalid', message, { heirId: message });
  }
  return db().transaction(async (tx) => {
    // In one order: two sections may be left to each other in the same instant.
    const locked = new Map<string, Awaited<ReturnType<typeof lockSection>>>();
    for (const one of [id, ...(heirId ? [heirId] : [])].toSorted()) {
      locked.set(one, await lockSection(tx, one));
    }
    const section = locked.get(id);
    const heir = heirId ? locked.get(heirId) : null;
    if (!section) return gone();
    if (heirId && !heir) {
      const message = 'This section does not exist any more. Choose another.';
      return fail('invalid', message, { heirId: message });
    }
    const inSection = eq(revisions.sectionId, id);
    if (!heir && (await tx.$count(revisions, inSection)) > 0) {
      return fail('used', 'Articles stand in this section, or once did: choose where they go.');
    }
    const moved = heir
      ? await tx
          .update(revisions)
          .set({ sectionId: heirId })
          .where(inSection)
          .returning({ articleId: revisions.articleId })
      : [];
    await tx.delete(sections).where(eq(sections.id, id));
    if (heir) await addressMoved(tx, actor, pathOf(section.slug), pathOf(heir.slug));
    const articles = new Set(moved.map(({ articleId }) => articleId)).size;
    await recordAudit(
      tx,
      actor,
      'section.remove',
      { kind: 'section', id },
      {
        name: section.name,
        slug: section.slug,
        ...(heir ? { movedTo: heir.name, articles } : {}),
      },
    );
    await expirePages(tx, articles > 0 ? [publicationTags.everything] : pagesOf(section.slug));
    return ok();
  });
}

/** Whether the section is still there; if so, nobody removes it before the transaction ends. */
export async function holdSection(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: sections.id })
    .from(sections)
    .where(eq(sections.id, id))
    .for('key share');
  return rows.length > 0;
}

/** The section, its row locked until the transaction ends. */
async function lockSection(tx: Transaction, id: string) {
  if (!isId(id)) return null;
  const [row] = await tx.select().from(sections).where(eq(sections.id, id)).for('update');
  return row ?? null;
}

const pathOf = (slug: string) => `/sections/${slug}`;

/** Its own page, which is kept while it isn't there too, and the frame of every page. */
function pagesOf(slug: string): string[] {
  return [publicationTags.publication, articleTags.inSection(slug)];
}
