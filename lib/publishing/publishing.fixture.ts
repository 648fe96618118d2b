import { asc, sql } from 'drizzle-orm';
import {
  type ArticleParts,
  aBody,
  aContributor,
  anArticle,
  aSection,
} from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { findPublished } from '#lib/articles/queries.ts';
import { setClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';

export const day = (text: string) => new Date(`${text}T10:00:00Z`);
export const today = (text: string) => setClock(() => day(text));

/** An article that may go out. */
export async function aWholeArticle(parts: ArticleParts = {}) {
  const section = await aSection();
  const contributor = await aContributor();
  const article = await anArticle({
    publishedAt: null,
    sectionId: section.id,
    bylines: [{ contributorId: contributor.id, role: 'author' }],
    ...parts,
  });
  return {
    ...article,
    section: section.slug,
    sectionId: section.id,
    contributor: contributor.slug,
    contributorId: contributor.id,
  };
}

export async function aCover(): Promise<string> {
  const id = newId();
  await db().insert(mediaAssets).values({
    id,
    storageKey: id,
    filename: 'cover.png',
    type: 'image/png',
    bytes: 1,
    width: 640,
    height: 800,
    hash: id,
    alt: 'A cover',
  });
  return id;
}

/** An issue in work that lacks nothing: a cover, two articles, a product with a price. */
export async function aWholeIssue() {
  const issue = await anIssue({ publishedAt: null, coverId: await aCover() });
  const at = (position: number) => ({ issueId: issue.id, department: 'Essays', position });
  const [first, second] = [
    await aWholeArticle({ placement: at(1) }),
    await aWholeArticle({ placement: at(2), access: 'gated' }),
  ];
  await aProduct({ issueId: issue.id });
  return { ...issue, first, second };
}

export const readable = async (slug: string) =>
  (await findPublished(slug, { mayReadGated: true })) !== null;

/** The form of a save that changes the title alone. */
export const retitled = (article: { slug: string }, title: string) => ({
  title,
  slug: article.slug,
  kind: 'news' as const,
  kicker: '',
  standfirst: '',
  access: 'free' as const,
  sectionId: null,
  pictureId: null,
  body: aBody('Text.'),
  bylines: [],
  topics: [],
});

export const logged = async () =>
  (await db().select().from(auditEntries).orderBy(asc(auditEntries.at), asc(auditEntries.id))).map(
    ({ action, actorId, subjectId }) => ({ action, actorId, subjectId }),
  );

type Job = { kind: 'issue' | 'article' | 'alert'; id: string; alertKey?: string };

/** What waits in the queue: when, and with what. */
export async function queued() {
  const { rows } = await db().execute<{ run_at: string; payload: Job }>(
    sql`select run_at, payload from graphile_worker._private_jobs order by run_at`,
  );
  return rows.map(({ run_at, payload }) => ({ at: new Date(run_at), job: payload }));
}

/** How many transactions wait for another one to end. */
export async function waiting(): Promise<number> {
  const { rows } = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}
