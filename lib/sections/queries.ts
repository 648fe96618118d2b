import { asc, countDistinct, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { revisions } from '#db/schema/articles.ts';
import { sections } from '#db/schema/contributors.ts';
import { isId } from '#lib/ids.ts';
import type { Section } from '#lib/sections/rules.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export async function findSection(slug: string): Promise<Section | null> {
  const [row] = await sectionQuery().where(eq(sections.slug, slug));
  return row ?? null;
}

export async function listSections(): Promise<(Section & { id: string })[]> {
  return sectionQuery().orderBy(asc(sections.position), asc(sections.name), asc(sections.id));
}

/**
 * A section for who may change it, or `null`. `articleCount`: how many articles stand in it or once did, which have
 * to go elsewhere before it is removed.
 */
export async function findDeskSection(
  actor: Actor,
  id: string,
): Promise<(Section & { id: string; articleCount: number }) | null> {
  if (!may(actor, 'site.edit') || !isId(id)) return null;
  const [section] = await sectionQuery().where(eq(sections.id, id));
  if (!section) return null;
  const [used] = await db()
    .select({ articleCount: countDistinct(revisions.articleId) })
    .from(revisions)
    .where(eq(revisions.sectionId, id));
  return { ...section, articleCount: used?.articleCount ?? 0 };
}

function sectionQuery() {
  return db()
    .select({
      id: sections.id,
      slug: sections.slug,
      name: sections.name,
      description: sections.description,
    })
    .from(sections);
}
