import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { State } from '#components/dashboard/heading.tsx';
import { Moment } from '#components/dashboard/moment.tsx';
import { Press } from '#components/dashboard/press.tsx';

type Session = {
  id: string;
  device: string;
  current: boolean;
  createdAt: Date;
  seenAt: Date | null;
};

/** Where somebody is signed in, with a way to end one, or all but this one. */
export function SessionList({ sessions, end }: { sessions: Session[]; end: FormAction }) {
  return (
    <ActionForm action={end} label="Sessions">
      <ul>
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center justify-between gap-3 border-b border-rule py-3"
          >
            <div className="min-w-0">
              <p className="font-semibold wrap-anywhere">
                {session.device} {session.current && <State>this one</State>}
              </p>
              <p className="text-[0.9rem] text-muted">
                {session.seenAt && (
                  <>
                    Last seen <Moment date={session.seenAt} />,{' '}
                  </>
                )}
                signed in <Moment date={session.createdAt} />
              </p>
            </div>
            {!session.current && (
              <Press intent={session.id} name="End" about={`the session of ${session.device}`} />
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <button type="submit" name="intent" value="others" className="button button-quiet mt-4">
          End all others
        </button>
      )}
    </ActionForm>
  );
}
