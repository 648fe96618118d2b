import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { Panel } from '#components/dashboard/panel.tsx';

/** Takes something away for good, or says in a sentence why it has to stay. */
export function RemoveForm({
  id,
  name,
  inUse,
  note = 'Nothing uses it.',
  remove,
}: {
  id: string;
  name: string;
  inUse: string | null;
  /** What goes with it. */
  note?: string;
  remove: FormAction;
}) {
  return (
    <Panel title="Remove">
      {inUse ? (
        <p className="text-muted">{inUse}</p>
      ) : (
        <ActionForm action={remove} label="Remove">
          <input type="hidden" name="id" value={id} />
          <p className="mb-3">{note} Once removed, it can’t be brought back.</p>
          <button type="submit" className="button button-quiet">
            Remove<span className="sr-only"> {name}</span>
          </button>
        </ActionForm>
      )}
    </Panel>
  );
}
