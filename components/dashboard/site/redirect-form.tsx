import { ActionForm, type FormAction, TextField } from '#components/dashboard/action-form.tsx';

/** Sends readers of one address elsewhere. */
export function RedirectForm({ add }: { add: FormAction }) {
  return (
    <ActionForm action={add} label="New redirect" className="max-w-3xl">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="from" label="From" hint="A path of this site, as in /about-us." />
        <TextField
          name="to"
          label="To"
          hint="A path, as in /issues, or a whole https address elsewhere."
        />
      </div>
      <button type="submit" className="button mt-4">
        Add
      </button>
    </ActionForm>
  );
}
