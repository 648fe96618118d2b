import { ActionForm, Choice, type FormAction } from '#components/dashboard/action-form.tsx';
import { Panel } from '#components/dashboard/panel.tsx';

/** Gives all that is this one's to another, which stays: `intoId` is what is chosen. */
export function MergeForm({
  id,
  title,
  explanation,
  button,
  field,
  others,
  merge,
}: {
  id: string;
  title: string;
  explanation: string;
  button: string;
  field: { name: 'intoId' | 'heirId'; label: string };
  others: { id: string; name: string }[];
  merge: FormAction;
}) {
  if (others.length === 0) return null;
  return (
    <Panel title={title}>
      <ActionForm action={merge} label={title} className="max-w-3xl">
        <input type="hidden" name="id" value={id} />
        <p className="mb-3 wrap-anywhere">{explanation}</p>
        <div className="flex flex-wrap items-end gap-3">
          <Choice
            name={field.name}
            label={field.label}
            className="min-w-0 flex-[1_1_14rem]"
            options={[
              { value: '', label: 'Choose' },
              ...others.map((other) => ({ value: other.id, label: other.name })),
            ]}
          />
          <button type="submit" className="button button-quiet">
            {button}
          </button>
        </div>
      </ActionForm>
    </Panel>
  );
}
