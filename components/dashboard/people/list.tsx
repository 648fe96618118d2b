import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { State } from '#components/dashboard/heading.tsx';
import { Moment } from '#components/dashboard/moment.tsx';
import { Press } from '#components/dashboard/press.tsx';
import { type StaffRole, staffRoles } from '#lib/users/rules.ts';

type Member = {
  id: string;
  email: string;
  name: string | null;
  staffRole: StaffRole;
  invited: boolean;
  secondFactor: boolean;
  sessions: number;
  seenAt: Date | null;
};

/** Everybody with a role. One form, so that its answer outlives the row of who lost theirs. */
export function PeopleList({
  staff,
  selfId,
  change,
}: {
  staff: Member[];
  selfId: string;
  change: FormAction;
}) {
  return (
    <ActionForm action={change} label="Roles">
      <ul>
        {staff.map((member) => (
          <li key={member.id} className="border-b border-rule py-4">
            <div className="flex flex-wrap items-end justify-between gap-3">
              <Who member={member} self={member.id === selfId} />
              <div className="flex flex-wrap items-end gap-2">
                <RoleSelect member={member} />
                <Press intent={`change:${member.id}`} name="Change role" about={member.email} />
                {!member.invited && (
                  <Press
                    intent={`remove:${member.id}`}
                    name="Take role away"
                    about={member.email}
                  />
                )}
              </div>
            </div>
            <More member={member} self={member.id === selfId} />
          </li>
        ))}
      </ul>
    </ActionForm>
  );
}

function Who({ member, self }: { member: Member; self: boolean }) {
  return (
    <div className="min-w-0 flex-[1_1_16rem]">
      <p className="font-semibold wrap-anywhere">
        {member.name ?? member.email}
        {self && ' (you)'} {member.invited && <State strong>invited, not been here yet</State>}
      </p>
      {member.name && <p className="wrap-anywhere text-muted">{member.email}</p>}
      {!member.invited && (
        <p className="text-[0.9rem] text-muted">
          <Presence member={member} />
        </p>
      )}
    </div>
  );
}

function Presence({ member: { secondFactor, sessions, seenAt } }: { member: Member }) {
  const factor = secondFactor ? 'Has a second factor' : 'No second factor';
  const signedIn =
    sessions === 0
      ? 'signed in nowhere'
      : `signed in ${sessions === 1 ? 'once' : `${sessions} times`}`;
  return (
    <>
      {factor}, {signedIn}
      {seenAt && (
        <>
          , last seen <Moment date={seenAt} />
        </>
      )}
    </>
  );
}

/** What is done seldom: to an invitation, or when somebody lost a laptop or a key. */
function More({ member, self }: { member: Member; self: boolean }) {
  const { id, email } = member;
  if (member.invited) {
    return (
      <div className="mt-3 flex flex-wrap gap-2">
        <Press intent={`invite:${id}`} name="Send the invitation again" about={`to ${email}`} />
        <Press intent={`withdraw:${id}`} name="Withdraw the invitation" about={`of ${email}`} />
      </div>
    );
  }
  if (self || (member.sessions === 0 && !member.secondFactor)) return null;
  return (
    <details className="mt-2">
      <summary className="inline-block min-h-6 cursor-pointer pointer-coarse:py-3 text-[0.9rem] text-muted">
        Lost a device?<span className="sr-only"> {email}</span>
      </summary>
      <div className="mt-2 flex flex-wrap gap-2">
        <Press intent={`sessions:${id}`} name="End all sessions" about={`of ${email}`} />
        {member.secondFactor && (
          <Press intent={`factors:${id}`} name="Remove the second factor" about={`of ${email}`} />
        )}
      </div>
    </details>
  );
}

function RoleSelect({ member }: { member: Member }) {
  const name = `role-${member.id}`;
  return (
    <div>
      <label htmlFor={name} className="block text-[0.85rem]">
        Role<span className="sr-only"> of {member.email}</span>
      </label>
      <select
        key={member.staffRole}
        id={name}
        name={name}
        defaultValue={member.staffRole}
        className="field mt-0.5 w-36"
      >
        {staffRoles.map((role) => (
          <option key={role}>{role}</option>
        ))}
      </select>
    </div>
  );
}
