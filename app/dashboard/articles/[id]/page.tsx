import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '#app/dashboard/staff.ts';
import { ArticleForm } from '#components/dashboard/article-form.tsx';
import { DeleteDraft } from '#components/dashboard/delete-draft.tsx';
import { Heading, State } from '#components/dashboard/heading.tsx';
import { RevisionSummary } from '#components/dashboard/revision-list.tsx';
import { SidePanel } from '#components/dashboard/side-panel.tsx';
import { listSeries } from '#lib/articles/queries.ts';
import { listRevisions } from '#lib/articles/revisions.ts';
import { listContributors } from '#lib/contributors/queries.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { findDraft } from '#lib/publishing/desk.ts';
import { listSections } from '#lib/sections/queries.ts';
import { may } from '#lib/users/rules.ts';
import { addPicture, removeDraft, saveAndAct } from '../actions.ts';

export const metadata: Metadata = { title: 'Article' };

export default async function Page({ params }: PageProps<'/dashboard/articles/[id]'>) {
  const { id } = await params;
  const actor = await requireStaff(
    'articles.write',
    `/dashboard/articles/${encodeURIComponent(id)}`,
  );
  const draft = await findDraft(actor, id);
  if (!draft) notFound();
  const [sections, contributors, series, history, { timeZone }] = await Promise.all([
    listSections(),
    listContributors(),
    listSeries(),
    listRevisions(actor, id, 1),
    findPublication(),
  ]);
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
      <ArticleForm
        draft={draft}
        userId={actor.userId}
        choices={{ sections, contributors, series }}
        mayPublish={may(actor, 'articles.publish')}
        timeZone={timeZone}
        save={saveAndAct}
        addPicture={addPicture}
      >
        {history && (
          <SidePanel title="Revisions" aside={String(history.total)}>
            <RevisionSummary articleId={id} lines={history.lines} timeZone={timeZone} />
          </SidePanel>
        )}
        {draft.unread && draft.mayWrite && (
          <SidePanel title="Delete" open={false}>
            <DeleteDraft id={id} remove={removeDraft} />
          </SidePanel>
        )}
      </ArticleForm>
    </>
  );
}
