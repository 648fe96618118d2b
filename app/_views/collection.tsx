import { CardList, PageTitle } from '#app/_views/list.tsx';
import { ArticleCard } from '#components/article/card.tsx';
import { JsonLd } from '#components/site/json-ld.tsx';
import type { ArticleCard as Card } from '#lib/articles/rules.ts';
import type { SeriesView } from '#lib/reading/collections.ts';
import { requireSite } from '#lib/reading/site.ts';
import { breadcrumbData, collectionData } from '#lib/reading/structured-data.ts';
import type { Topic } from '#lib/topics/rules.ts';

/** What has come out on a topic, the newest first. */
export async function TopicPage({ topic, articles }: { topic: Topic; articles: Card[] }) {
  const site = await requireSite();
  return (
    <div className="page">
      <PageTitle title={topic.name}>{topic.description}</PageTitle>
      <CardList cards={articles} empty="Nothing has come out on this topic yet." />
      <JsonLd data={collectionData('topic', topic, articles, site)} />
      <JsonLd
        data={breadcrumbData(
          [
            { name: site.publication.name, path: '/' },
            { name: topic.name, path: `/topics/${topic.slug}` },
          ],
          site.origin,
        )}
      />
    </div>
  );
}

/** The published parts of a series, from the first on. */
export async function SeriesPage({ series, articles, parts }: SeriesView) {
  const site = await requireSite();
  const pictured = articles.findIndex(({ picture }) => picture);
  return (
    <div className="page">
      <PageTitle title={series.name}>{series.description}</PageTitle>
      <ol className="mt-8 grid grid-cols-1 gap-x-8 gap-y-12 border-t border-ink pt-8 sm:grid-cols-2 lg:grid-cols-3">
        {articles.map((article, index) => (
          <li key={article.id}>
            <p className="label mb-2 text-muted">
              {parts[article.id] ? `Part ${parts[article.id]}` : 'Part of the series'}
            </p>
            <ArticleCard article={article} level="h2" dated eager={index === pictured} />
          </li>
        ))}
      </ol>
      <JsonLd data={collectionData('series', series, articles, site)} />
      <JsonLd
        data={breadcrumbData(
          [
            { name: site.publication.name, path: '/' },
            { name: series.name, path: `/series/${series.slug}` },
          ],
          site.origin,
        )}
      />
    </div>
  );
}
