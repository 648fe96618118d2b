import { ActionForm, Choice, type FormAction } from '#components/dashboard/action-form.tsx';
import { Entry } from '#components/dashboard/entry.tsx';

/** Puts an article at the end of an issue. Needs a `<datalist id="departments">` on the page. */
export function PlaceForm({
  issueId,
  unplaced,
  place,
}: {
  issueId: string;
  unplaced: { id: string; title: string }[];
  place: FormAction;
}) {
  return (
    <ActionForm action={place} label="Place an article" className="mt-4 border border-rule p-4">
      <h3 className="mb-2 font-semibold">Place an article</h3>
      {unplaced.length === 0 ? (
        <p className="text-muted">Every article stands in an issue.</p>
      ) : (
        <div className="flex flex-wrap items-end gap-3">
          <input type="hidden" name="id" value={issueId} />
          <Choice
            name="articleId"
            label="Article"
            className="min-w-0 flex-[1_1_18rem]"
            options={unplaced.map(({ id, title }) => ({ value: id, label: title }))}
          />
          <Entry
            name="department"
            label="Department"
            list="departments"
            autoComplete="off"
            className="flex-[1_1_12rem]"
          />
          <Entry name="page" label="Page" inputMode="numeric" autoComplete="off" className="w-20" />
          <button type="submit" className="button">
            Place
          </button>
        </div>
      )}
    </ActionForm>
  );
}
