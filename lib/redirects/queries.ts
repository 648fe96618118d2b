import { and, asc, eq, inArray, isNotNull, or } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { db, type Executor } from '#db/client.ts';
import { holds } from '#db/holds.ts';
import { articleFormerSlugs, articles } from '#db/schema/articles.ts';
import { contributors, sections, series, topics } from '#db/schema/contributors.ts';
import { issueFormerSlugs, issues } from '#db/schema/issues.ts';
import { redirects } from '#db/schema/redirects.ts';
import { users } from '#db/schema/users.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { issueTags } from '#lib/issues/tags.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { pathOf } from '#lib/redirects/rules.ts';
import { redirectTags } from '#lib/redirects/tags.ts';
import { calledNameIfAny } from '#lib/users/queries.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/** Where a path leads (`null`: nowhere), and the tags under which this answer is out of date one day. */
export type Lead = { location: string | null; tags: string[] };

/**
 * Where readers of these paths are sent, in their order, asked in one look-up. A target that is an article or issue which
 * moved since is followed to its present address, so that readers go one way and not two.
 */
export async function findLeads(paths: readonly string[]): Promise<Lead[]> {
  const rows = await db()
    .select({ from: redirects.fromPath, target: redirects.target })
    .from(redirects)
    .where(inArray(redirects.fromPath, [...paths]));
  const targets = new Map(rows.map(({ from, target }) => [from, target]));
  return Promise.all(
    paths.map(async (path) => {
      const target = targets.get(path) ?? null;
      const tags = [publicationTags.everything, redirectTags.all];
      const [, kind, slug = ''] =
        /^\/(articles|issues)\/([^/]+)$/.exec(pathOf(target ?? '') ?? '') ?? [];
      if (!target || !kind) return { location: target, tags };
      const present = await (kind === 'articles' ? presentArticle(slug) : presentIssue(slug));
      tags.push(kind === 'articles' ? articleTags.one(slug) : issueTags.one(slug));
      return { location: present ? `/${kind}/${present}` : target, tags };
    }),
  );
}

async function presentArticle(slug: string): Promise<string | undefined> {
  const [row] = await db()
    .select({ slug: articles.slug })
    .from(articleFormerSlugs)
    .innerJoin(articles, eq(articles.id, articleFormerSlugs.articleId))
    .where(and(eq(articleFormerSlugs.slug, slug), isNotNull(articles.publishedAt)));
  return row?.slug;
}

async function presentIssue(slug: string): Promise<string | undefined> {
  const [row] = await db()
    .select({ slug: issues.slug })
    .from(issueFormerSlugs)
    .innerJoin(issues, eq(issues.id, issueFormerSlugs.issueId))
    .where(and(eq(issueFormerSlugs.slug, slug), isNotNull(issues.publishedAt)));
  return row?.slug;
}

/** Of these paths, those at which a page of something published stands, or one that moved by itself. */
export async function livePaths(
  executor: Executor,
  paths: readonly string[],
): Promise<Set<string>> {
  const live = new Set<string>();
  const slugsIn = (folder: string) =>
    paths.flatMap((path) => {
      const [, found, slug] = /^\/(\w+)\/([^/]+)$/.exec(path) ?? [];
      return found === folder && slug ? [slug] : [];
    });
  for (const { folder, table, slug, condition } of shelves) {
    const slugs = slugsIn(folder);
    if (slugs.length === 0) continue;
    const rows = await executor
      .select({ slug })
      .from(table as PgTable)
      .where(and(inArray(slug, slugs), condition));
    for (const row of rows) live.add(`/${folder}/${row.slug}`);
  }
  return live;
}

const shelves = [
  { folder: 'sections', table: sections, slug: sections.slug, condition: undefined },
  { folder: 'contributors', table: contributors, slug: contributors.slug, condition: undefined },
  { folder: 'topics', table: topics, slug: topics.slug, condition: undefined },
  { folder: 'series', table: series, slug: series.slug, condition: undefined },
  {
    folder: 'articles',
    table: articles,
    slug: articles.slug,
    condition: isNotNull(articles.publishedAt),
  },
  {
    folder: 'articles',
    table: articleFormerSlugs,
    slug: articleFormerSlugs.slug,
    condition: undefined,
  },
  { folder: 'issues', table: issues, slug: issues.slug, condition: isNotNull(issues.publishedAt) },
  { folder: 'issues', table: issueFormerSlugs, slug: issueFormerSlugs.slug, condition: undefined },
] as const;

/** A redirect as the office sees it. `by`: who entered it; `null` for one that made itself or whose maker is gone. */
export type DeskRedirect = {
  from: string;
  target: string;
  automatic: boolean;
  by: string | null;
  createdAt: Date;
};

const pageSize = 50;

/** The redirects whose path or target holds `search`, for who may change them. `page` counts from 1. */
export async function listRedirects(
  actor: Actor,
  { search, page }: { search: string; page: number },
): Promise<{ redirects: DeskRedirect[]; total: number; pages: number }> {
  if (!may(actor, 'site.edit')) return { redirects: [], total: 0, pages: 0 };
  const part = search.replaceAll('\0', '').trim();
  const where = part
    ? or(holds(redirects.fromPath, part), holds(redirects.target, part))
    : undefined;
  const total = await db().$count(redirects, where);
  const rows = await db()
    .select({
      from: redirects.fromPath,
      target: redirects.target,
      automatic: redirects.automatic,
      by: calledNameIfAny(),
      createdAt: redirects.createdAt,
    })
    .from(redirects)
    .leftJoin(users, eq(users.id, redirects.createdBy))
    .where(where)
    .orderBy(asc(redirects.fromPath))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return {
    redirects: rows,
    total,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  };
}
