import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { Press } from '#components/dashboard/press.tsx';
import { type StaffRole, staffRoles } from '#lib/users/rules.ts';

type Member = { id: string; email: string; name: string | null; staffRole: StaffRole };

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
          <li
            key={member.id}
            className="flex flex-wrap items-end justify-between gap-3 border-b border-rule py-3"
          >
            <div className="min-w-0 flex-[1_1_16rem]">
              <p className="font-semibold wrap-anywhere">
                {member.name ?? member.email}
                {member.id === selfId && ' (you)'}
              </p>
              {member.name && <p className="wrap-anywhere text-muted">{member.email}</p>}
            </div>
            <div className="flex flex-wrap items-end gap-2">
              <RoleSelect member={member} />
              <Press intent={`change:${member.id}`} name="Change role" about={member.email} />
              <Press intent={`remove:${member.id}`} name="Take role away" about={member.email} />
            </div>
          </li>
        ))}
      </ul>
    </ActionForm>
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
