import type { Metadata } from 'next';
import { appoint, changeStaff, demandFactor } from '#app/dashboard/people/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { ActionForm, Choice, TextField } from '#components/dashboard/action-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { Facts, Panel } from '#components/dashboard/panel.tsx';
import { PeopleList } from '#components/dashboard/people/list.tsx';
import { isSecondFactorRequired, listStaff } from '#lib/users/queries.ts';
import { staffRoles } from '#lib/users/rules.ts';

export const metadata: Metadata = { title: 'People' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page() {
  const actor = await requireStaff('people.manage', '/dashboard/people');
  const [staff, required] = await Promise.all([listStaff(actor), isSecondFactorRequired()]);
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
          A mail invites them to sign in with this address, as every reader does: there is no
          password to give away.
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
      <Panel title="Second factor">
        <ActionForm action={demandFactor} label="Second factor" className="max-w-2xl">
          <p className="mb-3">
            Beside the link from the mail, people prove themselves with a passkey or the code of an
            app. Who has set one up is always asked.
          </p>
          <Choice
            name="required"
            label="Who needs one"
            className="max-w-md"
            options={[
              { value: 'yes', label: 'Everybody who works here' },
              { value: 'no', label: 'Who wants to' },
            ]}
            defaultValue={required ? 'yes' : 'no'}
            hint="Who has none yet sets one up at their next step in the office."
          />
          <button type="submit" className="button mt-4">
            Save
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
                'Works on every article, publishes them, plans issues, keeps contributors, topics, series and all pictures.',
            },
            {
              name: 'publisher',
              value:
                'Also releases issues, sets prices, sees orders, gives money back, edits sections, menus, redirects and the announcement, and reads the log.',
            },
            {
              name: 'admin',
              value: 'Also says what the magazine is called and how it looks, and manages people.',
            },
          ]}
        />
      </Panel>
    </>
  );
}
