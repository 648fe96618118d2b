import { eq, inArray, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { plans, postageZones, products } from '#db/schema/catalog.ts';
import { contributors, sections, series, topics } from '#db/schema/contributors.ts';
import { issues } from '#db/schema/issues.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { orders } from '#db/schema/orders.ts';
import { users } from '#db/schema/users.ts';
import { isId } from '#lib/ids.ts';

type Subject = { kind: string; id: string };
type Named = { id: string; name: string };

/** What the subjects of some entries are called now, by kind and id; one look-up a kind. What is gone has no name. */
export async function namesOf(subjects: Subject[]): Promise<(subject: Subject) => string | null> {
  const byKind = Map.groupBy(
    subjects.filter(({ id }) => isId(id)),
    ({ kind }) => kind,
  );
  const found = await Promise.all(
    [...byKind].map(async ([kind, members]): Promise<[string, string][]> => {
      const ids = [...new Set(members.map(({ id }) => id))];
      const named = (await finders[kind]?.(ids)) ?? [];
      return named.map(({ id, name }) => [`${kind} ${id}`, name]);
    }),
  );
  const names = new Map(found.flat());
  return ({ kind, id }) => names.get(`${kind} ${id}`) ?? null;
}

/** What rows of any kind are called now, by their keys alone: keys are the same nowhere else. */
export async function namesByKey(keys: string[]): Promise<Record<string, string>> {
  const ids = [...new Set(keys)];
  if (ids.length === 0) return {};
  const found = await Promise.all(Object.values(finders).map((find) => find(ids)));
  return Object.fromEntries(found.flat().map(({ id, name }) => [id, name]));
}

const finders: Record<string, (ids: string[]) => Promise<Named[]>> = {
  article: (ids) =>
    db()
      .select({ id: articles.id, name: revisions.title })
      .from(articles)
      .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
      .where(inArray(articles.id, ids)),
  issue: (ids) =>
    db().select({ id: issues.id, name: issues.title }).from(issues).where(inArray(issues.id, ids)),
  product: (ids) =>
    db()
      .select({
        id: products.id,
        name: sql<string>`${issues.title} || ', ' || ${products.edition}`,
      })
      .from(products)
      .innerJoin(issues, eq(issues.id, products.issueId))
      .where(inArray(products.id, ids)),
  order: (ids) =>
    db()
      .select({ id: orders.id, name: sql<string>`${orders.number}::text` })
      .from(orders)
      .where(inArray(orders.id, ids)),
  person: (ids) =>
    db().select({ id: users.id, name: users.email }).from(users).where(inArray(users.id, ids)),
  picture: (ids) =>
    db()
      .select({ id: mediaAssets.id, name: mediaAssets.filename })
      .from(mediaAssets)
      .where(inArray(mediaAssets.id, ids)),
  revision: (ids) =>
    db()
      .select({ id: revisions.id, name: sql<string>`'revision ' || ${revisions.number}` })
      .from(revisions)
      .where(inArray(revisions.id, ids)),
  contributor: (ids) => byName(contributors, ids),
  section: (ids) => byName(sections, ids),
  series: (ids) => byName(series, ids),
  topic: (ids) => byName(topics, ids),
  plan: (ids) => byName(plans, ids),
  zone: (ids) => byName(postageZones, ids),
};

function byName(
  table:
    | typeof contributors
    | typeof plans
    | typeof postageZones
    | typeof sections
    | typeof series
    | typeof topics,
  ids: string[],
): Promise<Named[]> {
  return db().select({ id: table.id, name: table.name }).from(table).where(inArray(table.id, ids));
}
