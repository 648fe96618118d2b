import type { ReactNode } from 'react';
import { Byline } from '#components/article/byline.tsx';
import { Contents } from '#components/issue/contents.tsx';
import { Cover } from '#components/issue/cover.tsx';
import { Day } from '#components/site/day.tsx';
import type { ArticleCard } from '#lib/articles/rules.ts';
import { type Issue, type IssueCard, issueLine } from '#lib/issues/rules.ts';

/** An issue's page. `buy` is the shop's box, which knows what the reader owns. */
export function IssuePage({
  issue,
  buy,
  folder = '/articles',
}: {
  issue: Issue;
  buy: ReactNode;
  /** Under which address its articles are read. */
  folder?: string;
}) {
  return (
    <article aria-labelledby="title" className="page pt-8 sm:pt-12">
      <div className="grid grid-cols-1 gap-x-14 gap-y-8 md:grid-cols-[min(26rem,38%)_minmax(0,1fr)]">
        <figure>
          <Cover issue={issue} sizes="(min-width: 48rem) 26rem, calc(100vw - 2.5rem)" eager />
          <figcaption className="mt-2 text-[0.85rem] text-muted">
            {issue.coverArtist && (
              <>
                Cover by{' '}
                <a href={`/contributors/${issue.coverArtist.slug}`} className="link">
                  {issue.coverArtist.name}
                </a>
              </>
            )}
          </figcaption>
        </figure>
        <div>
          <p className="label text-accent">{issueLine(issue)}</p>
          <h1
            id="title"
            className="mt-2 text-[clamp(2.3rem,1.4rem+4vw,4.4rem)] leading-[1.05] font-semibold tracking-[-0.015em] wrap-break-word"
          >
            {issue.title}
          </h1>
          <p className="mt-3 text-muted">
            On sale since <Day date={issue.onSaleAt} />
            {issue.pageCount && ` · ${issue.pageCount} pages`}
          </p>
          {issue.description && (
            <p className="mt-5 max-w-(--measure) text-[1.15rem]">{issue.description}</p>
          )}
          {issue.editorial && <Opening editorial={issue.editorial} folder={folder} />}
          <div className="mt-8">{buy}</div>
        </div>
      </div>
      <section aria-labelledby="contents" className="mt-14 border-t border-ink pt-4">
        <h2 id="contents" className="mb-6 text-[1.6rem] font-semibold">
          In this issue
        </h2>
        <Contents departments={issue.contents} folder={folder} />
      </section>
      {(issue.previous || issue.next) && (
        <nav
          aria-label="Other issues"
          className="no-print mt-14 grid grid-cols-1 gap-6 border-t border-ink pt-4 sm:grid-cols-2"
        >
          {issue.previous ? (
            <Neighbour issue={issue.previous} word="Previous issue" />
          ) : (
            <span className="max-sm:hidden" />
          )}
          {issue.next && <Neighbour issue={issue.next} word="Next issue" />}
        </nav>
      )}
    </article>
  );
}

/** The article that opens the issue, with its first words. */
function Opening({ editorial, folder }: { editorial: ArticleCard; folder: string }) {
  return (
    <section
      aria-labelledby="editorial"
      className="mt-6 max-w-(--measure) border-t border-rule pt-4"
    >
      <p className="label text-muted">Editorial</p>
      <h2 id="editorial" className="text-[1.5rem] leading-snug font-semibold">
        <a href={`${folder}/${editorial.slug}`} className="quiet-link">
          {editorial.title}
        </a>
      </h2>
      <Byline bylines={editorial.bylines} className="text-muted" />
      {editorial.standfirst && <p className="mt-2">{editorial.standfirst}</p>}
    </section>
  );
}

function Neighbour({ issue, word }: { issue: IssueCard; word: string }) {
  return (
    <a href={`/issues/${issue.slug}`} className="group flex min-w-0 items-center gap-4">
      <Cover issue={issue} sizes="5rem" decorative className="max-w-20" />
      <span className="min-w-0 wrap-anywhere">
        <span className="label block text-muted">{word}</span>
        <span className="block text-[1.2rem] font-semibold group-hover:text-accent">
          {issue.title}
        </span>
        <span className="text-muted">{issueLine(issue)}</span>
      </span>
    </a>
  );
}
