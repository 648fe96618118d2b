import type { Metadata } from 'next';
import { ArticlePage } from '#components/article/article-page.tsx';
import { bylineText } from '#components/article/byline.tsx';
import { Paywall } from '#components/article/paywall.tsx';
import { BuyBox } from '#components/commerce/buy-box.tsx';
import { SubscriptionOptions } from '#components/commerce/subscription-options.tsx';
import { JsonLd } from '#components/site/json-ld.tsx';
import {
  type ArticleView,
  getDebateCards,
  getFromThisIssue,
  getSeriesPlace,
} from '#lib/reading/article.ts';
import { getIssue, getIssueOffers, getPlans } from '#lib/reading/lists.ts';
import { getLatestNews, requireSite } from '#lib/reading/site.ts';
import { articleData, breadcrumbData } from '#lib/reading/structured-data.ts';

/** An article's page from what `lib/reading` decided; the public route and the personal twin both end here. */
export async function ArticleViewPage({
  view,
  signedIn,
}: {
  view: ArticleView;
  signedIn: boolean;
}) {
  const { article, verdict, ownsIssue } = view;
  const site = await requireSite();
  const { currency } = site.publication;
  const [issue, plans, fromThisIssue, debate, news, series] = await Promise.all([
    article.issue && getIssue(article.issue.slug),
    getPlans(currency),
    getFromThisIssue(article),
    getDebateCards(article),
    getLatestNews(6),
    getSeriesPlace(article),
  ]);
  const offers = issue ? await getIssueOffers(issue.id, currency) : [];
  const box = (variant: 'strip' | 'full') =>
    issue && (
      <BuyBox
        issue={issue}
        offers={offers}
        owned={ownsIssue}
        from={article.slug}
        variant={variant}
      />
    );
  const path = `/articles/${article.slug}`;
  const place = article.issue
    ? { name: `No. ${article.issue.number}`, path: `/issues/${article.issue.slug}` }
    : article.section && { name: article.section.name, path: `/sections/${article.section.slug}` };
  return (
    <>
      <JsonLd data={articleData(article, site)} />
      <JsonLd
        data={breadcrumbData(
          [
            { name: site.publication.name, path: '/' },
            ...(place ? [place] : []),
            { name: article.title, path },
          ],
          site.origin,
        )}
      />
      <ArticlePage
        article={article}
        series={series}
        url={site.origin + path}
        buyBox={
          issue && {
            above: box('strip'),
            below: box('full'),
            inline: <div className="my-8">{box('strip')}</div>,
          }
        }
        subscribe={{
          below: <SubscriptionOptions plans={plans} />,
          inline: (
            <div className="my-6">
              <a href="/subscribe" className="button button-quiet">
                Subscribe to {site.publication.name}
              </a>
            </div>
          ),
        }}
        paywall={
          verdict.kind === 'no' && (
            <Paywall
              why={`${verdict.why}.`}
              signInHref={signedIn ? null : `/sign-in?next=${encodeURIComponent(path)}`}
            >
              {box('full')}
            </Paywall>
          )
        }
        fromThisIssue={fromThisIssue}
        debate={debate}
        news={news}
      />
    </>
  );
}

/** Title, description, canonical address and pictures. A gated text gives away no more than its standfirst. */
export function articleMetadata({ article }: ArticleView): Metadata {
  const path = `/articles/${article.slug}`;
  const description = article.standfirst || undefined;
  const picture = {
    url: `/og${path}`,
    width: 1200,
    height: 630,
    alt: `${article.title}. ${bylineText(article.bylines)}`,
  };
  return {
    title: article.title,
    ...(description ? { description } : {}),
    alternates: { canonical: path },
    authors: article.bylines.map((byline) => ({
      name: byline.name,
      url: `/contributors/${byline.slug}`,
    })),
    openGraph: {
      type: 'article',
      url: path,
      title: article.title,
      ...(description ? { description } : {}),
      publishedTime: article.publishedAt.toISOString(),
      ...(article.correctedAt ? { modifiedTime: article.correctedAt.toISOString() } : {}),
      authors: article.bylines.map((byline) => byline.name),
      images: [picture],
    },
    twitter: { card: 'summary_large_image', images: [picture] },
  };
}
