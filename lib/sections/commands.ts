import { asc, eq, max } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { revisions } from '#db/schema/articles.ts';
import { sections } from '#db/schema/contributors.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import { isId } from '#lib/ids.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { NewSectionInput, SectionInput } from '#lib/sections/input.ts';
import { type Actor, may } from '#lib/users/rules.ts';

type Refusal = 'forbidden' | 'not_found' | 'taken' | 'used';
type Change = Promise<Result<undefined, Refusal>>;

const notYours = () => fail('forbidden', 'Only a publisher may change the sections.');
const gone = () => fail('not_found', 'This section does not exist any more.');

/** Makes a section, as the last one. Its address stays as it is from now on. */
export async function createSection(
  actor: Actor,
  input: NewSectionInput,
): Promise<Result<{ id: string }, Refusal>> {
  if (!may(actor, 'publication.edit')) return notYours();
  return db().transaction(async (tx) => {
    const [last] = await tx.select({ position: max(sections.position) }).from(sections);
    const [row] = await tx
      .insert(sections)
      .values({ ...input, position: (last?.position ?? 0) + 1 })
      .onConflictDoNothing({ target: sections.slug })
      .returning({ id: sections.id });
    if (!row) {
      const message = 'Another section has this address.';
      return fail('taken', message, { slug: message });
    }
    const { name, slug } = input;
    await recordAudit(tx, actor, 'section.create', { kind: 'section', id: row.id }, { name, slug });
    await expirePages(tx, pagesOf(slug));
    return ok(row);
  });
}

/** Changes what a section is called and how it is described. */
export async function saveSection(actor: Actor, id: string, input: SectionInput): Change {
  if (!may(actor, 'publication.edit')) return notYours();
  return db().transaction(async (tx) => {
    const section = await lockSection(tx, id);
    if (!section) return gone();
    await tx.update(sections).set(input).where(eq(sections.id, id));
    const renamed = input.name !== section.name;
    await recordAudit(
      tx,
      actor,
      'section.save',
      { kind: 'section', id },
      { name: input.name, ...changedFields(section, input) },
    );
    // The name stands in the frame of every page and on every card of the section's articles, whatever list holds it.
    await expirePages(tx, renamed ? [publicationTags.everything] : pagesOf(section.slug));
    return ok();
  });
}

/** Moves a section one place up or down in the order in which every page names them. */
export async function moveSection(actor: Actor, id: string, direction: 'up' | 'down'): Change {
  if (!may(actor, 'publication.edit')) return notYours();
  return db().transaction(async (tx) => {
    // Locked in the order of their ids, and read after that: two who move sections don't wait for each other.
    await tx.select({ id: sections.id }).from(sections).orderBy(asc(sections.id)).for('update');
    const rows = await tx
      .select({ id: sections.id })
      .from(sections)
      .orderBy(asc(sections.position), asc(sections.name));
    const ids = rows.map((row) => row.id);
    const from = ids.indexOf(id);
    if (from === -1) return gone();
    const to = direction === 'up' ? from - 1 : from + 1;
    const other = ids[to];
    if (other === undefined) return ok();
    ids[from] = other;
    ids[to] = id;
    for (const [index, moved] of ids.entries()) {
      await tx
        .update(sections)
        .set({ position: index + 1 })
        .where(eq(sections.id, moved));
    }
    await recordAudit(tx, actor, 'section.move', { kind: 'section', id }, { direction });
    await expirePages(tx, [publicationTags.publication]);
    return ok();
  });
}

/** Deletes a section that no article stands in or ever stood in: earlier versions of an article keep theirs. */
export async function removeSection(actor: Actor, id: string): Change {
  if (!may(actor, 'publication.edit')) return notYours();
  return db().transaction(async (tx) => {
    const section = await lockSection(tx, id);
    if (!section) return gone();
    if ((await tx.$count(revisions, eq(revisions.sectionId, id))) > 0) {
      return fail('used', 'Articles stand in this section, or once did: it has to stay.');
    }
    await tx.delete(sections).where(eq(sections.id, id));
    const { name, slug } = section;
    await recordAudit(tx, actor, 'section.remove', { kind: 'section', id }, { name, slug });
    await expirePages(tx, pagesOf(slug));
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

/** Its own page, which is kept while it isn't there too, and the frame of every page. */
function pagesOf(slug: string): string[] {
  return [publicationTags.publication, articleTags.inSection(slug)];
}
