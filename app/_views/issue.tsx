import type { Metadata } from 'next';
import { BuyBox } from '#components/commerce/buy-box.tsx';
import { SubscriptionOptions } from '#components/commerce/subscription-options.tsx';
import { IssuePage } from '#components/issue/issue-page.tsx';
import { JsonLd } from '#components/site/json-ld.tsx';
import { type Issue, issueLine } from '#lib/issues/rules.ts';
import { getIssueOffers, getPlans } from '#lib/reading/lists.ts';
import { requireSite } from '#lib/reading/site.ts';
import { breadcrumbData, issueData } from '#lib/reading/structured-data.ts';

export async function IssueViewPage({ issue, owned }: { issue: Issue; owned: boolean }) {
  const site = await requireSite();
  const { currency, name } = site.publication;
  const [offers, plans] = await Promise.all([
    getIssueOffers(issue.id, currency),
    getPlans(currency),
  ]);
  return (
    <>
      <JsonLd data={issueData(issue, offers, site)} />
      <JsonLd
        data={breadcrumbData(
          [
            { name, path: '/' },
            { name: 'Issues', path: '/issues' },
            { name: `No. ${issue.number}: ${issue.title}`, path: `/issues/${issue.slug}` },
          ],
          site.origin,
        )}
      />
      <IssuePage
        issue={issue}
        buy={<BuyBox issue={issue} offers={offers} owned={owned} variant="plain" />}
      />
      <div className="page no-print">
        <SubscriptionOptions plans={plans} />
      </div>
    </>
  );
}

export function issueMetadata(issue: Issue): Metadata {
  const path = `/issues/${issue.slug}`;
  const title = `${issue.title} (No. ${issue.number}, ${issue.periodLabel})`;
  const images = issue.cover
    ? [{ url: issue.cover.url, alt: issue.cover.alt || issueLine(issue) }]
    : [];
  return {
    title,
    description: issue.description,
    alternates: { canonical: path },
    openGraph: { type: 'website', url: path, title, description: issue.description, images },
    twitter: { card: 'summary_large_image', images },
  };
}
