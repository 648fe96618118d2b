import {
  ActionForm,
  type FormAction,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';

type Head = { id: string; name: string; slug: string; description: string };

/** What a section, a topic or a series is called. `null`: a new one. `folder` is the beginning of its address. */
export function HeadForm({
  head,
  kind,
  folder,
  save,
}: {
  head: Head | null;
  kind: 'section' | 'topic' | 'series';
  folder: '/sections' | '/topics' | '/series';
  save: FormAction;
}) {
  return (
    <ActionForm action={save} label={head ? `The ${kind}` : `New ${kind}`} className="max-w-3xl">
      {head && <input type="hidden" name="id" value={head.id} />}
      <div className="space-y-4">
        <TextField name="name" label="Name" defaultValue={head?.name ?? ''} />
        <TextField
          name="slug"
          label="Address"
          hint={
            head
              ? `The last part of ${folder}/… Readers of a former address are sent on by themselves.`
              : `The last part of ${folder}/… Left empty, it is made from the name.`
          }
          defaultValue={head?.slug ?? ''}
        />
        <TextArea
          name="description"
          label="Description"
          hint={`Stands under the name on the ${kind}’s page. May stay empty.`}
          defaultValue={head?.description ?? ''}
        />
      </div>
      <button type="submit" className="button mt-4">
        {head ? 'Save' : 'Add'}
      </button>
    </ActionForm>
  );
}
