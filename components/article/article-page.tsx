import type { ReactNode } from 'react';
import { ArticleBody } from '#components/article/body.tsx';
import { Byline } from '#components/article/byline.tsx';
import { ArticleCard } from '#components/article/card.tsx';
import { ContributorBox } from '#components/article/contributor-box.tsx';
import { SeriesLine, SeriesLinks } from '#components/article/series.tsx';
import { ShareLinks } from '#components/article/share-links.tsx';
import { Day } from '#components/site/day.tsx';
import { Caption, Picture } from '#components/ui/picture.tsx';
import type { Article, ArticleCard as Card } from '#lib/articles/rules.ts';
import type { SeriesPlace } from '#lib/series/rules.ts';

export type ArticlePageProps = {
  article: Article;
  series: SeriesPlace | null;
  /** The page's canonical address. */
  url: string;
  /** Why the text is closed and what opens it; `null` where all of it is here. */
  paywall: ReactNode;
  /** *Buy this Issue*, for above and below the text; `null` for what stands in no issue. */
  buyBox: { above: ReactNode; below: ReactNode; inline: ReactNode } | null;
  subscribe: { below: ReactNode; inline: ReactNode };
  fromThisIssue: Card[];
  debate: Card[];
  news: Card[];
  /** Where the issue that it stands in is read, if not at its public address; `null`: nowhere yet. */
  issueHref?: string | null;
};

/** An article's page. It knows no viewer: the public page and the personal one differ in what they pass in. */
export function ArticlePage(props: ArticlePageProps) {
  const { article, url, buyBox } = props;
  const { issueHref = article.issue && `/issues/${article.issue.slug}` } = props;
  return (
    <>
      <article aria-labelledby="title">
        <div className="page">
          <Opening article={article} series={props.series} url={url} issueHref={issueHref} />
          {buyBox && <div className="no-print mx-auto mt-6 max-w-(--measure)">{buyBox.above}</div>}
        </div>
        <div className="page mt-8">
          <ArticleBody
            body={article.body}
            media={article.pictures}
            slots={{ buyIssue: buyBox?.inline ?? null, subscribe: props.subscribe.inline }}
            notesLabel="Notes"
          />
          {props.paywall}
        </div>
        <div className="page">
          <div className="mx-auto max-w-(--measure)">
            <div className="mt-10 border-t border-rule pt-3">
              <ShareLinks url={url} title={article.title} label="Share this article, again" />
            </div>
            {props.series && <SeriesLinks series={props.series} />}
            <Topics topics={article.topics} />
            <Contributors article={article} />
            {buyBox && <div className="no-print mt-10">{buyBox.below}</div>}
          </div>
        </div>
      </article>
      <div className="page no-print">
        {props.subscribe.below}
        <Cards
          title="From this issue"
          more={issueHref === null ? null : { href: issueHref, text: 'The whole issue' }}
          cards={props.fromThisIssue}
        />
        <Cards title="Ideas & Debates" more={null} cards={props.debate} />
        <Cards title="Latest news" more={null} cards={props.news} caption dated />
      </div>
    </>
  );
}

function Opening({
  article,
  series,
  url,
  issueHref,
}: {
  article: Article;
  series: SeriesPlace | null;
  url: string;
  issueHref: string | null;
}) {
  return (
    <header className="pt-8 sm:pt-12">
      <div className="mx-auto max-w-[54rem] text-center">
        <Kicker article={article} issueHref={issueHref} />
        <h1
          id="title"
          className="mt-2 text-[clamp(2.1rem,1.3rem+3.4vw,3.9rem)] leading-[1.08] font-semibold tracking-[-0.012em] wrap-break-word"
        >
          {article.title}
        </h1>
        {article.standfirst && (
          <p className="mx-auto mt-4 max-w-[44ch] text-[clamp(1.15rem,1rem+0.6vw,1.4rem)] leading-snug text-muted italic wrap-break-word">
            {article.standfirst}
          </p>
        )}
        {series && <SeriesLine series={series} />}
        <Byline bylines={article.bylines} className="mt-5 text-[1.1rem]" />
        <p className="mt-1 text-[0.95rem] text-muted">
          <Day date={article.publishedAt} />
          {article.correctedAt && (
            <>
              {' · updated '}
              <Day date={article.correctedAt} />
            </>
          )}
          {` · ${article.readingMinutes} min read`}
        </p>
        <div className="mt-4 [&_ul]:justify-center">
          <ShareLinks url={url} title={article.title} label="Share this article" />
        </div>
      </div>
      {article.picture && (
        <figure className="mx-auto mt-6 mb-8 max-w-[64rem]">
          <Picture
            picture={article.picture}
            sizes="(min-width: 68rem) 64rem, calc(100vw - 2.5rem)"
            eager
            className="h-auto w-full bg-raised"
          />
          <Caption picture={article.picture} />
        </figure>
      )}
    </header>
  );
}

function Kicker({ article, issueHref }: { article: Article; issueHref: string | null }) {
  const place = article.issue
    ? {
        href: issueHref,
        text: `No. ${article.issue.number}, ${article.issue.title}`,
      }
    : article.section && { href: `/sections/${article.section.slug}`, text: article.section.name };
  if (!place && !article.kicker) return null;
  return (
    <p className="label">
      {article.kicker && <span className="text-muted">{article.kicker}</span>}
      {article.kicker && place && <span className="text-muted"> · </span>}
      {place &&
        (place.href ? (
          <a href={place.href} className="quiet-link text-accent">
            {place.text}
          </a>
        ) : (
          <span className="text-accent">{place.text}</span>
        ))}
    </p>
  );
}

function Topics({ topics }: { topics: Article['topics'] }) {
  if (topics.length === 0) return null;
  return (
    <nav aria-labelledby="topics" className="no-print mt-8 border-t border-rule pt-5">
      <h2 id="topics" className="label text-muted">
        {topics.length === 1 ? 'The topic' : 'Topics'}
      </h2>
      <ul className="mt-1 flex flex-wrap gap-x-5">
        {topics.map(({ slug, name }) => (
          <li key={slug} className="min-w-0">
            <a href={`/topics/${slug}`} className="link inline-block py-1.5 wrap-anywhere">
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Contributors({ article }: { article: Article }) {
  const people = article.contributors.filter((person) => person.biography);
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="contributors" className="mt-8 border-t border-rule pt-5">
      <h2 id="contributors" className="label text-muted">
        {people.length === 1 ? 'The contributor' : 'The contributors'}
      </h2>
      {people.map((person) => (
        <ContributorBox key={`${person.slug} ${person.role}`} contributor={person} />
      ))}
    </section>
  );
}

function Cards({
  title,
  more,
  cards,
  caption = false,
  dated = false,
}: {
  title: string;
  more: { href: string; text: string } | null;
  cards: Card[];
  caption?: boolean;
  dated?: boolean;
}) {
  if (cards.length === 0) return null;
  const id = title.toLowerCase().replace(/[^a-z]+/g, '-');
  return (
    <section aria-labelledby={id} className="mt-14 border-t border-ink pt-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id={id} className="text-[1.6rem] font-semibold">
          {title}
        </h2>
        {more && (
          <a href={more.href} className="link">
            {more.text}
          </a>
        )}
      </div>
      <ul className="mt-5 grid gap-x-8 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
        {cards.map((card) => (
          <li key={card.id}>
            <ArticleCard article={card} caption={caption} dated={dated} />
          </li>
        ))}
      </ul>
    </section>
  );
}
