import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { addPicture } from '#app/dashboard/media/actions.ts';
import { place as placeInSeries } from '#app/dashboard/series/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { DeleteDraft } from '#components/dashboard/article/delete-draft.tsx';
import { ArticleForm } from '#components/dashboard/article/form.tsx';
import { RevisionSummary } from '#components/dashboard/article/revision-list.tsx';
import { Heading, State } from '#components/dashboard/heading.tsx';
import { SeriesPanel } from '#components/dashboard/series/panel.tsx';
import { SidePanel } from '#components/dashboard/side-panel.tsx';
import { CommentedText } from '#components/editor/commented-text.tsx';
import { listRevisions } from '#lib/articles/revisions.ts';
import { listContributors } from '#lib/contributors/queries.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import { findDraft } from '#lib/publishing/draft.ts';
import { listSections } from '#lib/sections/queries.ts';
import { seriesChoice } from '#lib/series/queries.ts';
import { may } from '#lib/users/rules.ts';
import { removeDraft, saveAndAct } from '../actions.ts';
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
  const [sections, contributors, seriesPlace, history, timeZone] = await Promise.all([
    listSections(),
    listContributors(),
    seriesChoice(actor, id),
    listRevisions(actor, id, 1),
    findTimeZone(),
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
      <CommentedText>
        <ArticleForm
          draft={draft}
          userId={actor.userId}
          choices={{ sections, contributors }}
          mayPublish={may(actor, 'articles.publish')}
          timeZone={timeZone}
          save={saveAndAct}
          addPicture={addPicture}
        >
          <WorkflowPanels actor={actor} articleId={id} />
          {seriesPlace && <SeriesPanel articleId={id} choice={seriesPlace} place={placeInSeries} />}
          {history && (
            <SidePanel title="Revisions" aside={String(history.total)}>
              <RevisionSummary articleId={id} lines={history.lines} />
            </SidePanel>
          )}
          {draft.unread && draft.whyNot === null && (
            <SidePanel title="Delete" open={false}>
              <DeleteDraft id={id} remove={removeDraft} />
            </SidePanel>
          )}
        </ArticleForm>
      </CommentedText>
    </>
  );
}
