import type { Metadata } from 'next';
import { beginIssue } from '#app/dashboard/issues/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { ActionForm, TextField } from '#components/dashboard/action-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { IssueList } from '#components/dashboard/issue/list.tsx';
import { findTimeZone } from '#lib/publication/queries.ts';
import { type DeskIssue, listDeskIssues } from '#lib/publishing/issue-desk.ts';
import { findReadiness } from '#lib/publishing/plan.ts';
import type { Person } from '#lib/users/rules.ts';

export const metadata: Metadata = { title: 'Issues' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page() {
  const actor = await requireStaff('issues.plan', '/dashboard/issues');
  const [listed, zone] = await Promise.all([listDeskIssues(actor), findTimeZone()]);
  const issues = await Promise.all(
    listed.map(async (issue) => ({ ...issue, readiness: await readinessOf(actor, issue) })),
  );
  return (
    <>
      <Heading title="Issues" />
      <details className="mb-6 border border-rule p-4" open={issues.length === 0}>
        <summary className="-m-4 cursor-pointer p-4 font-semibold">Begin a new one</summary>
        <ActionForm action={beginIssue} className="mt-3 max-w-2xl" label="New issue">
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField name="title" label="Title" className="sm:col-span-2" />
            <TextField
              name="number"
              label="Number"
              type="number"
              defaultValue={(issues[0]?.number ?? 0) + 1}
            />
            <TextField
              name="volume"
              label="Volume"
              type="number"
              hint="May stay empty."
              defaultValue={issues[0]?.volume ?? ''}
            />
            <TextField name="periodLabel" label="Period" hint="As on the cover: Autumn 2026." />
            <TextField name="onSaleAt" label="On sale from" type="date" />
            <TextField
              name="slug"
              label="Address"
              hint="The last part of /issues/… Left empty, it is made from the title."
              className="sm:col-span-2"
            />
          </div>
          <button type="submit" className="button mt-4">
            Begin
          </button>
        </ActionForm>
      </details>
      <IssueList issues={issues} zone={zone} />
    </>
  );
}

async function readinessOf(actor: Person, issue: DeskIssue) {
  if (issue.state === 'published') return null;
  const { blockers, warnings } = await findReadiness(actor, issue.id);
  return { blockers: blockers.length, warnings: warnings.length };
}
