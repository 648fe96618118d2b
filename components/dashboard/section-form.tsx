import {
  ActionForm,
  type FormAction,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';

type Head = { id: string; name: string; description: string };

/** What a section is called. `null`: a new one, whose address is chosen here once. */
export function SectionForm({ section, save }: { section: Head | null; save: FormAction }) {
  return (
    <ActionForm action={save} label={section ? 'The section' : 'New section'} className="max-w-3xl">
      {section && <input type="hidden" name="id" value={section.id} />}
      <div className="space-y-4">
        <TextField name="name" label="Name" defaultValue={section?.name ?? ''} />
        {!section && (
          <TextField
            name="slug"
            label="Address"
            hint="The last part of /sections/… Left empty, it is made from the name. It can’t be changed later."
          />
        )}
        <TextArea
          name="description"
          label="Description"
          hint="Stands under the name on the section’s page. May stay empty."
          defaultValue={section?.description ?? ''}
        />
      </div>
      <button type="submit" className="button mt-4">
        {section ? 'Save' : 'Add'}
      </button>
    </ActionForm>
  );
}
