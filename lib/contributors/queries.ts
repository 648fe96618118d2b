import { asc, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { contributors } from '#db/schema/contributors.ts';
import type { Contributor } from '#lib/contributors/rules.ts';
import { findPictures } from '#lib/media/queries.ts';

export async function findContributor(slug: string): Promise<Contributor | null> {
  const [row] = await db()
    .select({
      id: contributors.id,
      slug: contributors.slug,
      name: contributors.name,
      biography: contributors.biography,
      website: contributors.website,
      city: contributors.city,
      portraitId: contributors.portraitId,
    })
    .from(contributors)
    .where(eq(contributors.slug, slug));
  if (!row) return null;
  const { portraitId, ...person } = row;
  const pictures = portraitId ? await findPictures([portraitId]) : {};
  return { ...person, portrait: portraitId ? (pictures[portraitId] ?? null) : null };
}

/** Everybody whose name can stand over an article, for the editor's list. */
export async function listContributors(): Promise<{ id: string; slug: string; name: string }[]> {
  return db()
    .select({ id: contributors.id, slug: contributors.slug, name: contributors.name })
    .from(contributors)
    .orderBy(asc(contributors.name));
}
