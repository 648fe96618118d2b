import type { Metadata } from 'next';
import { ArticlePage } from '#components/article/article-page.tsx';
import { SubscriptionOptions } from '#components/commerce/subscription-options.tsx';
import { IssuePage } from '#components/issue/issue-page.tsx';
import { PreviewBar, PreviewClosed } from '#components/site/preview-bar.tsx';
import type { Article } from '#lib/articles/rules.ts';
import { getPlans } from '#lib/reading/lists.ts';
import { getPreview } from '#lib/reading/preview.ts';
import { requireSite } from '#lib/reading/site.ts';
import type { SeriesPlace } from '#lib/series/rules.ts';

/** What a link shows, under the bar that says what it is; or that it shows nothing. */
export async function PreviewView({ token, slug }: { token: string; slug: string | null }) {
  const preview = await getPreview(token, slug);
  if (!preview) {
    return (
      <>
        {/* The delivery layer reads it, and sends the page as a 404. */}
        <meta name="broadside-variant" content="closed" />
        <PreviewClosed />
      </>
    );
  }
  const { shows, expiresAt, timeZone } = preview;
  const folder = `/preview/${token}`;
  const contents = shows.kind === 'article' && shows.inIssue ? folder : null;
  return (
    <>
      <PreviewBar until={expiresAt} timeZone={timeZone} contents={contents} />
      {shows.kind === 'article' ? (
        <DraftArticle article={shows.article} series={shows.series} issueHref={contents} />
      ) : (
        <IssuePage issue={shows.issue} buy={null} folder={folder} />
      )}
    </>
  );
}

/** The title alone: nothing that machines are meant to collect. */
export async function previewMetadata(token: string, slug: string | null): Promise<Metadata> {
  const preview = await getPreview(token, slug);
  if (!preview) return { title: 'Preview' };
  const { shows } = preview;
  return {
    title: `Preview: ${shows.kind === 'article' ? shows.article.title : shows.issue.title}`,
  };
}

async function DraftArticle({
  article,
  series,
  issueHref,
}: {
  article: Article;
  series: SeriesPlace | null;
  issueHref: string | null;
}) {
  const site = await requireSite();
  const plans = await getPlans(site.publication.currency);
  return (
    <ArticlePage
      article={article}
      series={series}
      url={`${site.origin}/articles/${article.slug}`}
      issueHref={issueHref}
      buyBox={null}
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
      paywall={null}
      fromThisIssue={[]}
      debate={[]}
      news={[]}
    />
  );
}
