import {
  ActionForm,
  Choice,
  type FormAction,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';
import type { AddPicture } from '#components/dashboard/media/picker.tsx';
import { PictureField } from '#components/dashboard/media/picture-field.tsx';
import type { Contributor } from '#lib/contributors/rules.ts';

/** Who somebody is. `null`: somebody new. */
export function ContributorForm({
  contributor,
  accounts,
  save,
  addPicture,
}: {
  contributor: (Contributor & { userId: string | null }) | null;
  accounts: { id: string; name: string }[];
  save: FormAction;
  addPicture: AddPicture;
}) {
  return (
    <ActionForm
      action={save}
      label={contributor ? 'The contributor' : 'New contributor'}
      className="max-w-3xl"
    >
      {contributor && <input type="hidden" name="id" value={contributor.id} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="name"
          label="Name"
          hint="As it stands in a byline."
          defaultValue={contributor?.name ?? ''}
          className="sm:col-span-2"
        />
        <TextField
          name="slug"
          label="Address"
          hint={
            contributor
              ? 'The last part of /contributors/… Readers of a former address are sent on by themselves.'
              : 'The last part of /contributors/… Left empty, it is made from the name.'
          }
          defaultValue={contributor?.slug ?? ''}
          className="sm:col-span-2"
        />
        <TextArea
          name="biography"
          label="Biography"
          rows={4}
          hint="Stands under everything they made. May stay empty."
          defaultValue={contributor?.biography ?? ''}
          className="sm:col-span-2"
        />
        <TextField
          name="city"
          label="City"
          hint="May stay empty."
          defaultValue={contributor?.city ?? ''}
        />
        <TextField
          name="website"
          label="Website"
          type="url"
          hint="A whole address, as in https://writer.example. May stay empty."
          defaultValue={contributor?.website ?? ''}
        />
        <Choice
          name="userId"
          label="Account"
          hint="If they work in this dashboard, too."
          defaultValue={contributor?.userId ?? ''}
          className="sm:col-span-2"
          options={[
            { value: '', label: 'None' },
            ...accounts.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <PictureField
        name="portraitId"
        label="Portrait"
        initial={contributor?.portrait ?? null}
        addPicture={addPicture}
        className="size-32 object-cover"
      />
      <button type="submit" className="button mt-4">
        {contributor ? 'Save' : 'Add'}
      </button>
    </ActionForm>
  );
}
