import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { IssueViewPage, issueMetadata } from '#app/_views/issue.tsx';
import { getIssue, getNewIssueAddress } from '#lib/reading/lists.ts';

type Props = PageProps<'/issues/[slug]'>;

export const generateStaticParams = () => [{ slug: '_' }];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const issue = await getIssue((await params).slug);
  return issue ? issueMetadata(issue) : {};
}

export default async function Page({ params }: Props) {
  const { slug } = await params;
  const issue = await getIssue(slug);
  if (issue) return <IssueViewPage issue={issue} owned={false} />;
  const moved = await getNewIssueAddress(slug);
  if (moved) permanentRedirect(`/issues/${moved}`);
  notFound();
}
