import { ActionForm, type FormAction, TextField } from '#components/dashboard/action-form.tsx';
import { BlockerList, FoundList } from '#components/dashboard/issue/blocker-list.tsx';
import { momentIn } from '#components/dashboard/moment-text.ts';
import type { IssueState } from '#lib/issues/rules.ts';
import { zonedText } from '#lib/publication/rules.ts';
import type { Blocker } from '#lib/publishing/rules.ts';

type Released = { id: string; state: IssueState; scheduledFor: Date | null };
type Actions = { release: FormAction; schedule: FormAction; withdraw: FormAction };

/** What still keeps the issue in, and the buttons that let it out, now or at a time. */
export function ReleasePanel({
  issue,
  timeZone,
  readiness: { blockers, warnings, waiting },
  stepBack,
  actions,
}: {
  issue: Released;
  /** An IANA name: in which times are told and typed. */
  timeZone: string;
  readiness: { blockers: Blocker[]; warnings: Blocker[]; waiting: number };
  /** What becomes of the current issue. */
  stepBack: { current: string; stepsBack: boolean } | null;
  /** `null` for who may plan the issue but not release it. */
  actions: Actions | null;
}) {
  const out = issue.state === 'published';
  return (
    <>
      {out ? <p>{outText(waiting)}</p> : null}
      {!out && issue.scheduledFor && (
        <p className="mb-2 font-semibold">
          It comes out by itself on {momentIn(issue.scheduledFor, timeZone)}.
        </p>
      )}
      <div className="gap-x-10 xl:grid xl:grid-cols-2">
        <div>{(!out || waiting > 0) && <BlockerList blockers={blockers} />}</div>
        {!out && warnings.length > 0 && (
          <details className="mt-2 xl:mt-0" open={warnings.length <= 6}>
            <summary className="cursor-pointer py-0.5 pointer-coarse:py-2.5">
              {warnings.length === 1 ? 'One thing' : `${warnings.length} things`} to look at; it can
              come out so
            </summary>
            <FoundList found={warnings} issueId="" />
          </details>
        )}
      </div>
      {actions ? (
        <div className="mt-4 space-y-2">
          {/* Always there, so that its answer is still read out when the button has gone. */}
          <ActionForm action={actions.release} label="Publish">
            <input type="hidden" name="id" value={issue.id} />
            {!out && (
              <p className="mb-2 text-muted">
                The issue, all of its articles and what it is sold as become public at once.
                {stepBack &&
                  (stepBack.stepsBack
                    ? ` It becomes the current issue; ${stepBack.current} steps back.`
                    : ` ${stepBack.current} stays the current issue, since it went on sale later.`)}
              </p>
            )}
            {(!out || waiting > 0) && (
              <button type="submit" className="button">
                {out ? 'Publish what was added' : 'Publish the issue'}
              </button>
            )}
          </ActionForm>
          {!out && <Schedule issue={issue} timeZone={timeZone} schedule={actions.schedule} />}
          <Withdraw id={issue.id} out={out} withdraw={actions.withdraw} />
        </div>
      ) : (
        !out && <p className="mt-3 text-muted">A publisher releases it.</p>
      )}
    </>
  );
}

function Schedule({
  issue,
  timeZone,
  schedule,
}: {
  issue: Released;
  timeZone: string;
  schedule: FormAction;
}) {
  return (
    <ActionForm action={schedule} label="Schedule">
      <input type="hidden" name="id" value={issue.id} />
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          name="at"
          label={`At (${timeZone})`}
          type="datetime-local"
          defaultValue={issue.scheduledFor ? zonedText(issue.scheduledFor, timeZone) : ''}
        />
        <button type="submit" name="intent" value="schedule" className="button button-quiet">
          {issue.scheduledFor ? 'Move' : 'Schedule'}
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

/** Always there, like the form above, so that its answer is still read out when the button has gone. */
function Withdraw({ id, out, withdraw }: { id: string; out: boolean; withdraw: FormAction }) {
  return (
    <ActionForm action={withdraw} label="Take the release back">
      <input type="hidden" name="id" value={id} />
      {out && (
        <details>
          <summary className="cursor-pointer py-1 pointer-coarse:py-2.5">
            Take the release back
          </summary>
          <p className="mt-1 mb-2 max-w-2xl text-muted">
            The issue and the articles that came out with it leave the site at once, and links to
            them lead nowhere. As soon as one copy is ordered, this can’t be done any more.
          </p>
          <button type="submit" className="button button-quiet">
            Take it back
          </button>
        </details>
      )}
    </ActionForm>
  );
}

function outText(waiting: number): string {
  if (waiting === 0) return 'The issue is out, with all that stands in it.';
  return waiting === 1
    ? 'The issue is out. One of its articles is not on the site as it stands here.'
    : `The issue is out. ${waiting} of its articles are not on the site as they stand here.`;
}
