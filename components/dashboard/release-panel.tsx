import { ActionForm, type FormAction, TextField } from '#components/dashboard/action-form.tsx';
import { BlockerList } from '#components/dashboard/blocker-list.tsx';
import { formatMoment, momentValue } from '#components/dashboard/moment.tsx';
import type { IssueState } from '#lib/issues/rules.ts';

/** What still keeps the issue in, and the buttons that let it out, now or at a time. */
export function ReleasePanel({
  issue,
  blockers,
  waiting,
  actions,
}: {
  issue: { id: string; state: IssueState; scheduledFor: Date | null };
  blockers: { what: string; why: string }[];
  /** How many of its articles are not on the site, or not as they stand here. */
  waiting: number;
  /** `null` for who may plan the issue but not release it. */
  actions: { release: FormAction; schedule: FormAction } | null;
}) {
  const out = issue.state === 'published';
  return (
    <>
      {out ? <p>{outText(waiting)}</p> : null}
      {(!out || waiting > 0) && <BlockerList blockers={blockers} />}
      {actions ? (
        <div className="mt-4 space-y-2">
          {/* Always there, so that its answer is still read out when the button has gone. */}
          <ActionForm action={actions.release} label="Publish">
            <input type="hidden" name="id" value={issue.id} />
            {!out && (
              <p className="mb-2 text-muted">
                The issue, all of its articles and what it is sold as become public at once.
              </p>
            )}
            {(!out || waiting > 0) && (
              <button type="submit" className="button">
                {out ? 'Publish what was added' : 'Publish the issue'}
              </button>
            )}
          </ActionForm>
          {!out && <Schedule issue={issue} schedule={actions.schedule} />}
        </div>
      ) : (
        !out && <p className="mt-3 text-muted">A publisher releases it.</p>
      )}
    </>
  );
}

function Schedule({
  issue,
  schedule,
}: {
  issue: { id: string; scheduledFor: Date | null };
  schedule: FormAction;
}) {
  return (
    <ActionForm action={schedule} label="Schedule">
      <input type="hidden" name="id" value={issue.id} />
      {issue.scheduledFor && (
        <p className="mb-2">It comes out by itself on {formatMoment(issue.scheduledFor)}.</p>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          name="at"
          label="At (UTC)"
          type="datetime-local"
          defaultValue={momentValue(issue.scheduledFor)}
        />
        <button type="submit" name="intent" value="schedule" className="button button-quiet">
          Schedule
        </button>
        {issue.scheduledFor && (
          <button type="submit" name="intent" value="cancel" className="button button-quiet">
            Don’t schedule
          </button>
        )}
      </div>
    </ActionForm>
  );
}

function outText(waiting: number): string {
  if (waiting === 0) return 'The issue is out, with all that stands in it.';
  return waiting === 1
    ? 'The issue is out. One of its articles is not on the site as it stands here.'
    : `The issue is out. ${waiting} of its articles are not on the site as they stand here.`;
}
