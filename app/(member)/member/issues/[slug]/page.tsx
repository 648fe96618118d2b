import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { IssueViewPage, issueMetadata } from '#app/_views/issue.tsx';
import { Variant } from '#app/_views/variant.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { getIssue, getNewIssueAddress } from '#lib/reading/lists.ts';
import { ownershipOf } from '#lib/reading/ownership.ts';

type Props = PageProps<'/member/issues/[slug]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const issue = await getIssue((await params).slug);
  return issue ? issueMetadata(issue) : {};
}

export default async function Page({ params }: Props) {
  const { slug } = await params;
  const issue = await getIssue(slug);
  if (issue) {
    const actor = await currentActor();
    const owned = (await ownershipOf(actor))(issue.id);
    return (
      <>
        <Variant actor={actor} owns={owned} />
        <IssueViewPage issue={issue} owned={owned} />
      </>
    );
  }
  const moved = await getNewIssueAddress(slug);
  if (moved) permanentRedirect(`/issues/${moved}`);
  notFound();
}
