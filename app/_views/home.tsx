import { ArticleCard } from '#components/article/card.tsx';
import { BuyBox } from '#components/commerce/buy-box.tsx';
import { Contents } from '#components/issue/contents.tsx';
import { Cover } from '#components/issue/cover.tsx';
import { JsonLd } from '#components/site/json-ld.tsx';
import { issueLine } from '#lib/issues/rules.ts';
import { getHome, getIssueOffers } from '#lib/reading/lists.ts';
import { getSite } from '#lib/reading/site.ts';
import { periodicalData } from '#lib/reading/structured-data.ts';

/** How many of the current issue's articles are shown with their pictures. */
const leadCount = 5;

/** The current issue large, then what came out last. `owned`: the viewer may read that issue. */
export async function HomePage({ owned }: { owned: boolean }) {
  const [site, { issue, latest, news }] = await Promise.all([getSite(), getHome()]);
  if (!site) return null;
  const offers = issue ? await getIssueOffers(issue.id, site.publication.currency) : [];
  const articles = issue?.contents.flatMap((department) => department.articles) ?? [];
  const [lead, ...others] = articles.filter((article) => article.picture).slice(0, leadCount);
  return (
    <div className="page pt-8">
      <JsonLd data={{ '@context': 'https://schema.org', ...periodicalData(site) }} />
      <h1 className="sr-only">{site.publication.name}</h1>
      {issue && (
        <>
          <section
            aria-labelledby="current"
            className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_21rem]"
          >
            <div className="lg:col-start-2 lg:row-start-1 lg:border-l lg:border-rule lg:pl-10">
              <a href={`/issues/${issue.slug}`} className="mx-auto block max-w-[21rem]">
                <Cover issue={issue} sizes="21rem" eager />
              </a>
              <p className="label mt-4 text-accent">{issueLine(issue)}</p>
              <h2 id="current" className="mt-1 text-[2rem] leading-tight font-semibold">
                <a href={`/issues/${issue.slug}`} className="quiet-link">
                  {issue.title}
                </a>
              </h2>
              <p className="mt-2 text-[0.98rem]">{issue.description}</p>
              <div className="mt-5">
                <BuyBox issue={issue} offers={offers} owned={owned} variant="line" />
              </div>
            </div>
            <div className="lg:row-start-1">
              {lead && <ArticleCard article={lead} level="h2" lead />}
              <ul className="mt-10 grid gap-x-8 gap-y-10 border-t border-rule pt-8 sm:grid-cols-2">
                {others.map((article) => (
                  <li key={article.id}>
                    <ArticleCard article={article} />
                  </li>
                ))}
              </ul>
            </div>
          </section>
          <section aria-labelledby="contents" className="mt-14 border-t border-ink pt-4">
            <h2 id="contents" className="mb-6 text-[1.6rem] font-semibold">
              In this issue
            </h2>
            <Contents departments={issue.contents} />
          </section>
        </>
      )}
      <Latest title="Latest news" cards={news} captioned />
      <Latest title="From the archive" cards={latest} />
    </div>
  );
}

function Latest({
  title,
  cards,
  captioned = false,
}: {
  title: string;
  cards: Parameters<typeof ArticleCard>[0]['article'][];
  captioned?: boolean;
}) {
  if (cards.length === 0) return null;
  const id = title.toLowerCase().replaceAll(' ', '-');
  return (
    <section aria-labelledby={id} className="mt-14 border-t border-ink pt-4">
      <h2 id={id} className="mb-5 text-[1.6rem] font-semibold">
        {title}
      </h2>
      <ul className="grid gap-x-8 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
        {cards.map((card) => (
          <li key={card.id}>
            <ArticleCard article={card} caption={captioned} dated />
          </li>
        ))}
      </ul>
    </section>
  );
}
