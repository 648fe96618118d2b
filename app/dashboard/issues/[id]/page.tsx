import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { release, saveHead, schedule } from '#app/dashboard/issues/actions.ts';
import { addPicture } from '#app/dashboard/media/actions.ts';
import { closePreview, makePreview } from '#app/dashboard/preview-actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { IssueContents } from '#components/dashboard/issue-contents.tsx';
import { IssueForm } from '#components/dashboard/issue-form.tsx';
import { IssueStateMark } from '#components/dashboard/issue-list.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { PlaceForm } from '#components/dashboard/place-form.tsx';
import { PreviewPanel } from '#components/dashboard/preview-panel.tsx';
import { ProductForm } from '#components/dashboard/product-form.tsx';
import { ReleasePanel } from '#components/dashboard/release-panel.tsx';
import { issueProducts } from '#lib/catalog/queries.ts';
import { editions } from '#lib/catalog/rules.ts';
import { listContributors } from '#lib/contributors/queries.ts';
import { findIssuePlan, listUnplaced } from '#lib/publishing/issue-desk.ts';
import { findIssueBlockers } from '#lib/publishing/plan.ts';
import { may } from '#lib/users/rules.ts';
import { listPreviews } from '#lib/workflow/queries.ts';
import { changeContents, place } from './contents-actions.ts';
import { sell } from './product-actions.ts';

export const metadata: Metadata = { title: 'Issue' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ params }: PageProps<'/dashboard/issues/[id]'>) {
  const { id } = await params;
  const actor = await requireStaff('issues.plan', `/dashboard/issues/${encodeURIComponent(id)}`);
  const issue = await findIssuePlan(actor, id);
  if (!issue) notFound();
  const mayPrice = may(actor, 'catalog.price');
  const [blockers, unplaced, contributors, products, previews] = await Promise.all([
    findIssueBlockers(actor, id),
    listUnplaced(actor),
    listContributors(),
    mayPrice ? issueProducts(id) : [],
    listPreviews(actor, { issueId: id }),
  ]);
  const waiting = issue.placements.filter(({ state, changed }) => state !== 'published' || changed);
  const departments = [...new Set(issue.placements.map(({ department }) => department))];
  return (
    <>
      <Heading title={`No. ${issue.number}, ${issue.title}`}>
        <p className="flex flex-wrap items-center gap-3">
          <IssueStateMark state={issue.state} scheduledFor={issue.scheduledFor} />
          {issue.state === 'published' && (
            <a href={`/issues/${issue.slug}`} className="link">
              On the site
            </a>
          )}
        </p>
      </Heading>
      <Panel title="Release">
        <ReleasePanel
          issue={issue}
          blockers={blockers}
          waiting={waiting.length}
          actions={may(actor, 'issues.publish') ? { release, schedule } : null}
        />
      </Panel>
      <Panel title="Contents">
        <IssueContents issueId={id} placements={issue.placements} change={changeContents} />
        <datalist id="departments">
          {departments.map((department) => (
            <option key={department} value={department} />
          ))}
        </datalist>
        <PlaceForm issueId={id} unplaced={unplaced} place={place} />
      </Panel>
      {mayPrice && (
        <Panel title="What is offered">
          <div className="grid gap-4 xl:grid-cols-2">
            {editions.map((edition) => (
              <ProductForm
                key={edition}
                issueId={id}
                edition={edition}
                product={products.find((product) => product.edition === edition) ?? null}
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
      <Panel title="The issue">
        <IssueForm
          issue={issue}
          contributors={contributors}
          save={saveHead}
          addPicture={addPicture}
        />
      </Panel>
    </>
  );
}
