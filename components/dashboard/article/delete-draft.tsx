import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';

/** Gives up an article that nobody ever read. It stands in a closed panel, which is the first of two presses. */
export function DeleteDraft({ id, remove }: { id: string; remove: FormAction }) {
  return (
    <ActionForm action={remove} label="Delete">
      <input type="hidden" name="id" value={id} />
      <p className="mb-3">
        It was never on the site. Once deleted, it can’t be brought back, and neither can its
        revisions and comments.
      </p>
      <button type="submit" className="button button-quiet">
        Delete this draft
      </button>
    </ActionForm>
  );
}
