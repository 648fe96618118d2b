import { asc, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { sections } from '#db/schema/contributors.ts';
import type { Section } from '#lib/sections/rules.ts';

export async function findSection(slug: string): Promise<Section | null> {
  const [row] = await sectionQuery().where(eq(sections.slug, slug));
  return row ?? null;
}

export async function listSections(): Promise<(Section & { id: string })[]> {
  return sectionQuery().orderBy(asc(sections.position), asc(sections.name));
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
