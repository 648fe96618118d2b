import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { addPicture } from '#app/dashboard/media/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { ArticleForm } from '#components/dashboard/article-form.tsx';
import { Heading, State } from '#components/dashboard/heading.tsx';
import { CommentedText } from '#components/editor/commented-text.tsx';
import { listContributors } from '#lib/contributors/queries.ts';
import { findDraft } from '#lib/publishing/desk.ts';
import { listSections } from '#lib/sections/queries.ts';
import { may } from '#lib/users/rules.ts';
import { saveAndAct } from '../actions.ts';
import { WorkflowPanels } from './workflow-panels.tsx';

export const metadata: Metadata = { title: 'Article' };

export default async function Page({ params }: PageProps<'/dashboard/articles/[id]'>) {
  const { id } = await params;
  const actor = await requireStaff(
    'articles.write',
    `/dashboard/articles/${encodeURIComponent(id)}`,
  );
  const draft = await findDraft(actor, id);
  if (!draft) notFound();
  const [sections, contributors] = await Promise.all([listSections(), listContributors()]);
  return (
    <>
      <Heading title={draft.title}>
        <p className="flex flex-wrap items-center gap-3">
          <State strong={draft.state !== 'published'}>{draft.state}</State>
          {draft.changed && <State strong>unpublished changes</State>}
          {draft.issue && (
            <a href={`/dashboard/issues/${draft.issue.id}`} className="link">
              No. {draft.issue.number}
            </a>
          )}
          {draft.publishedAt && (
            <a href={`/articles/${draft.slug}`} className="link">
              On the site
            </a>
          )}
        </p>
      </Heading>
      <CommentedText>
        <div className="gap-x-10 xl:grid xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="min-w-0">
            <ArticleForm
              draft={draft}
              sections={sections}
              contributors={contributors}
              mayPublish={may(actor, 'articles.publish')}
              save={saveAndAct}
              addPicture={addPicture}
            />
          </div>
          <div className="min-w-0 max-xl:mt-10">
            <WorkflowPanels actor={actor} articleId={draft.id} />
          </div>
        </div>
      </CommentedText>
    </>
  );
}
