import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { release, remove, saveHead, schedule, withdraw } from '#app/dashboard/issues/actions.ts';
import { headBase } from '#app/dashboard/issues/base.ts';
import { addPicture } from '#app/dashboard/media/actions.ts';
import { closePreview, makePreview } from '#app/dashboard/preview-actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { IssueBoard } from '#components/dashboard/issue/board.tsx';
import { IssueForm } from '#components/dashboard/issue/form.tsx';
import { IssueStateMark } from '#components/dashboard/issue/list.tsx';
import { ProductForm } from '#components/dashboard/issue/product-form.tsx';
import { ReleasePanel } from '#components/dashboard/issue/release-panel.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { RemoveForm } from '#components/dashboard/remove-form.tsx';
import { PreviewPanel } from '#components/dashboard/workflow/preview-panel.tsx';
import { issueProducts } from '#lib/catalog/queries.ts';
import { editions } from '#lib/catalog/rules.ts';
import { listContributors } from '#lib/contributors/queries.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import {
  findBoard,
  findIssueHead,
  listOtherIssues,
  listUnplaced,
  markOf,
} from '#lib/publishing/issue-desk.ts';
import { findReadiness, findStepBack } from '#lib/publishing/plan.ts';
import { may } from '#lib/users/rules.ts';
import { listPreviews } from '#lib/workflow/queries.ts';
import { arrange, editorial, moveToIssue, searchTray } from './plan-actions.ts';
import { sell } from './product-actions.ts';

export const metadata: Metadata = { title: 'Issue' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ params }: PageProps<'/dashboard/issues/[id]'>) {
  const { id } = await params;
  const actor = await requireStaff('issues.plan', `/dashboard/issues/${encodeURIComponent(id)}`);
  const issue = await findIssueHead(actor, id);
  if (!issue) notFound();
  const mayPrice = may(actor, 'catalog.price');
  const released = issue.state === 'published';
  const [timeZone, readiness, stepBack, board, tray, others, contributors, products, previews] =
    await Promise.all([
      findTimeZone(),
      findReadiness(actor, id),
      findStepBack(actor, issue),
      findBoard(actor, id),
      listUnplaced(actor, ''),
      listOtherIssues(actor, id),
      listContributors(),
      mayPrice ? issueProducts(id) : [],
      listPreviews(actor, { issueId: id }),
    ]);
  if (!board) notFound();
  return (
    <>
      <Heading title={`No. ${issue.number}, ${issue.title}`}>
        <p className="flex flex-wrap items-center gap-3">
          <IssueStateMark state={issue.state} scheduledFor={issue.scheduledFor} zone={timeZone} />
          {released && (
            <a href={`/issues/${issue.slug}`} className="link">
              On the site
            </a>
          )}
        </p>
      </Heading>
      <Panel title="Release" id="release">
        <ReleasePanel
          issue={issue}
          timeZone={timeZone}
          readiness={readiness}
          stepBack={stepBack}
          actions={may(actor, 'issues.publish') ? { release, schedule, withdraw } : null}
        />
      </Panel>
      <div id="plan">
        <IssueBoard
          issue={issue}
          mark={markOf(issue, board)}
          shown={board}
          tray={tray}
          others={others}
          actions={{
            arrange: arrange.bind(null, id),
            search: searchTray,
            chooseEditorial: editorial.bind(null, id),
            moveToIssue,
          }}
        />
      </div>
      <Panel title="The issue" id="head">
        <IssueForm
          issue={issue}
          base={headBase(issue)}
          contributors={contributors}
          save={saveHead}
          addPicture={addPicture}
        />
      </Panel>
      {mayPrice && (
        <Panel title="What is offered" id="offers">
          <div className="grid gap-4 xl:grid-cols-2">
            {editions.map((edition) => (
              <ProductForm
                key={edition}
                issueId={id}
                edition={edition}
                product={products.find((product) => product.edition === edition) ?? null}
                released={released}
                sell={sell}
              />
            ))}
          </div>
        </Panel>
      )}
      {previews && (
        <PreviewPanel
          of={{ name: 'issueId', id }}
          links={previews}
          make={makePreview}
          close={closePreview}
        />
      )}
      {!released && (
        <RemoveForm
          id={id}
          name={issue.title}
          inUse={
            board.articles.length > 0
              ? 'Articles stand in this issue. Empty, it can be removed as long as it is not out.'
              : null
          }
          remove={remove}
        />
      )}
    </>
  );
}
