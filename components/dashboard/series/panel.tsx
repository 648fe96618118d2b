import {
  ActionForm,
  Choice,
  type FormAction,
  TextField,
} from '#components/dashboard/action-form.tsx';
import { Panel } from '#components/dashboard/panel.tsx';

/** Which series an article belongs to, and as which part. A form of its own: it stands beside the article's. */
export function SeriesPanel({
  articleId,
  choice: { all, seriesId, part },
  place,
}: {
  articleId: string;
  choice: { all: { id: string; name: string }[]; seriesId: string | null; part: number | null };
  place: FormAction;
}) {
  return (
    <Panel title="Series">
      <ActionForm action={place} label="Series">
        <input type="hidden" name="articleId" value={articleId} />
        <div className="flex flex-wrap items-end gap-3">
          <Choice
            key={`series ${seriesId}`}
            name="seriesId"
            label="Series"
            defaultValue={seriesId ?? ''}
            className="min-w-0 flex-[1_1_14rem]"
            options={[
              { value: '', label: 'None' },
              ...all.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <TextField
            key={`part ${part}`}
            name="part"
            label="Part"
            type="number"
            defaultValue={part ?? ''}
            className="w-24"
          />
          <button type="submit" className="button button-quiet">
            Place
          </button>
        </div>
        <p className="mt-1 text-[0.85rem] text-muted">
          Without a number it comes behind the last part. It is on the site at once.
        </p>
      </ActionForm>
    </Panel>
  );
}
