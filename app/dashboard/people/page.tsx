import type { Metadata } from 'next';
import { appoint, changeStaff } from '#app/dashboard/people/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { ActionForm, Choice, TextField } from '#components/dashboard/action-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { Facts, Panel } from '#components/dashboard/panel.tsx';
import { PeopleList } from '#components/dashboard/people-list.tsx';
import { listStaff } from '#lib/users/queries.ts';
import { staffRoles } from '#lib/users/rules.ts';

export const metadata: Metadata = { title: 'People' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page() {
  const actor = await requireStaff('people.manage', '/dashboard/people');
  const staff = await listStaff(actor);
  return (
    <>
      <Heading title="People" />
      <Panel title="Who works here">
        <PeopleList staff={staff} selfId={actor.userId} change={changeStaff} />
        <p className="text-muted">
          A changed role counts at the person’s next request. One administrator always stays.
        </p>
      </Panel>
      <Panel title="Appoint somebody">
        <p className="mb-3 max-w-2xl">
          No mail goes out: tell them that they can sign in with this address like every reader.
        </p>
        <ActionForm action={appoint} label="Appoint somebody" className="max-w-2xl">
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField name="email" label="E-mail address" type="email" />
            <TextField name="name" label="Name" hint="May stay empty." />
            <Choice
              name="role"
              label="Role"
              options={staffRoles.map((role) => ({ value: role, label: role }))}
            />
          </div>
          <button type="submit" className="button mt-4">
            Appoint
          </button>
        </ActionForm>
      </Panel>
      <Panel title="What the roles may do">
        <Facts
          facts={[
            { name: 'writer', value: 'Writes articles and sees their own.' },
            {
              name: 'editor',
              value:
                'Works on every article, publishes them, keeps the contributors and plans issues.',
            },
            {
              name: 'publisher',
              value:
                'Also releases issues, sets prices, sees orders, gives money back and edits the sections and the settings.',
            },
            { name: 'admin', value: 'Also manages people.' },
          ]}
        />
      </Panel>
    </>
  );
}
