import type { ReactNode } from 'react';
import { ArticleCard } from '#components/article/card.tsx';
import { Cover } from '#components/issue/cover.tsx';
import { Day } from '#components/site/day.tsx';
import { JsonLd } from '#components/site/json-ld.tsx';
import { Picture } from '#components/ui/picture.tsx';
import type { ArticleCard as Card } from '#lib/articles/rules.ts';
import type { Contributor } from '#lib/contributors/rules.ts';
import { type IssueCard, issueLine } from '#lib/issues/rules.ts';
import type { Archive } from '#lib/reading/lists.ts';
import { getSite, requireSite } from '#lib/reading/site.ts';
import { breadcrumbData, contributorData } from '#lib/reading/structured-data.ts';
import type { Section } from '#lib/sections/rules.ts';

/** Issues under the year they went on sale: the newest, or those of one year. */
export async function ArchivePage({
  archive: { issues, years },
  year,
}: {
  archive: Archive;
  year: number | null;
}) {
  const site = await getSite();
  if (!site) return null;
  const shown = Map.groupBy(issues, (issue) => issue.onSaleAt.getUTCFullYear());
  return (
    <div className="page">
      <PageTitle title={year === null ? 'Issues' : `Issues of ${year}`} />
      {issues.length === 0 && <p className="text-center">No issue has come out yet.</p>}
      {[...shown].map(([year, inYear]) => (
        <section
          key={year}
          aria-labelledby={`year-${year}`}
          className="mt-10 border-t border-ink pt-4"
        >
          <h2 id={`year-${year}`} className="text-[1.6rem] font-semibold lining-nums">
            {year}
          </h2>
          <ul className="mt-5 grid grid-cols-2 gap-x-8 gap-y-10 sm:grid-cols-3 lg:grid-cols-4">
            {inYear.map((issue) => (
              <li key={issue.id}>
                <IssueTile issue={issue} eager={issue === issues[0]} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {years.length > 0 && <Years years={years} current={year} />}
      <JsonLd
        data={breadcrumbData(
          [
            { name: site.publication.name, path: '/' },
            { name: 'Issues', path: '/issues' },
            ...(year === null ? [] : [{ name: String(year), path: `/archive/${year}` }]),
          ],
          site.origin,
        )}
      />
    </div>
  );
}

/** The way to every page of the archive from each of them. */
function Years({ years, current }: { years: number[]; current: number | null }) {
  const pages = [
    { page: null, name: 'Newest', path: '/issues' },
    ...years.map((year) => ({ page: year, name: String(year), path: `/archive/${year}` })),
  ];
  return (
    <nav aria-label="Issues by year" className="mt-14 border-t border-ink pt-4">
      <ul className="flex flex-wrap gap-x-6 gap-y-3 text-[1.15rem] lining-nums">
        {pages.map(({ page, name, path }) => (
          <li key={path}>
            <a href={path} className="link" aria-current={page === current ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function IssueTile({ issue, eager }: { issue: IssueCard; eager: boolean }) {
  return (
    <a href={`/issues/${issue.slug}`} className="group block">
      <Cover issue={issue} sizes="(min-width: 64rem) 18rem, 45vw" eager={eager} decorative />
      <span className="mt-3 block text-[1.25rem] leading-tight font-semibold group-hover:text-accent">
        {issue.title}
      </span>
      <span className="mt-1 block text-[0.95rem] text-balance text-muted">{issueLine(issue)}</span>
      <span className="block text-[0.95rem] text-muted">
        <Day date={issue.onSaleAt} />
      </span>
    </a>
  );
}

export async function SectionPage({ section, articles }: { section: Section; articles: Card[] }) {
  const site = await requireSite();
  return (
    <div className="page">
      <PageTitle title={section.name}>{section.description}</PageTitle>
      <CardList cards={articles} empty="Nothing has come out in this section yet." />
      <JsonLd
        data={breadcrumbData(
          [
            { name: site.publication.name, path: '/' },
            { name: section.name, path: `/sections/${section.slug}` },
          ],
          site.origin,
        )}
      />
    </div>
  );
}

export async function ContributorPage({
  contributor,
  articles,
}: {
  contributor: Contributor;
  articles: Card[];
}) {
  const site = await requireSite();
  return (
    <div className="page">
      <PageTitle title={contributor.name}>
        {contributor.city && <span className="label not-italic">{contributor.city}</span>}
      </PageTitle>
      <div className="mx-auto flex max-w-(--measure) flex-col items-center gap-6 sm:flex-row sm:items-start">
        {contributor.portrait && (
          <Picture
            picture={contributor.portrait}
            sizes="10rem"
            eager
            decorative
            className="size-40 shrink-0 bg-raised object-cover"
          />
        )}
        <div className="min-w-0 wrap-anywhere">
          {contributor.biography && <p className="mb-3">{contributor.biography}</p>}
          {contributor.website && (
            <p>
              <a href={contributor.website} rel="noopener" className="link">
                {contributor.website.replace(/^https?:\/\//, '')}
              </a>
            </p>
          )}
        </div>
      </div>
      <CardList
        cards={articles}
        empty="Nothing has come out under this name yet."
        first={contributor.portrait === null}
      />
      <JsonLd data={contributorData(contributor, site)} />
      <JsonLd
        data={breadcrumbData(
          [
            { name: site.publication.name, path: '/' },
            { name: contributor.name, path: `/contributors/${contributor.slug}` },
          ],
          site.origin,
        )}
      />
    </div>
  );
}

export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="mx-auto max-w-[54rem] pt-10 pb-6 text-center wrap-anywhere sm:pt-14">
      <h1 className="text-[clamp(2.2rem,1.4rem+3.4vw,4rem)] leading-[1.08] font-semibold tracking-[-0.012em]">
        {title}
      </h1>
      {children && (
        <p className="mx-auto mt-3 max-w-[50ch] text-[1.15rem] text-muted italic">{children}</p>
      )}
    </header>
  );
}

/** `first`: no picture stands above the list. */
export function CardList({
  cards,
  empty,
  first = true,
}: {
  cards: Card[];
  empty: string;
  first?: boolean;
}) {
  if (cards.length === 0) return <p className="mt-6 text-center text-muted">{empty}</p>;
  const pictured = first ? cards.findIndex(({ picture }) => picture) : -1;
  return (
    <ul className="mt-8 grid grid-cols-1 gap-x-8 gap-y-12 border-t border-ink pt-8 sm:grid-cols-2 lg:grid-cols-3">
      {cards.map((card, index) => (
        <li key={card.id}>
          <ArticleCard article={card} level="h2" dated eager={index === pictured} />
        </li>
      ))}
    </ul>
  );
}
