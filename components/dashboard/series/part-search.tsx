import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';

type Found = { id: string; title: string; series: string | null };

/** Looks for articles by their title and puts them behind the last part of a series. */
export function PartSearch({
  seriesId,
  search,
  found,
  place,
}: {
  seriesId: string;
  search: string;
  found: Found[];
  place: FormAction;
}) {
  return (
    <div className="mt-4 max-w-3xl">
      <form aria-label="Look for an article" className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-[0_1_18rem]">
          <label htmlFor="part-q" className="block text-[0.85rem] text-muted">
            Add an article whose title holds
          </label>
          <input id="part-q" name="q" type="search" defaultValue={search} className="field" />
        </div>
        <button type="submit" className="button button-quiet">
          Look
        </button>
      </form>
      <ActionForm action={place} label="Add to the series" className="mt-3">
        <input type="hidden" name="seriesId" value={seriesId} />
        {search && found.length === 0 && <p className="text-muted">No other article fits.</p>}
        <ul>
          {found.map(({ id, title, series }) => (
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-3 border-b border-rule py-2"
            >
              <span className="min-w-0 wrap-anywhere">
                {title}
                {series && <span className="text-muted"> (now in {series})</span>}
              </span>
              <button type="submit" name="articleId" value={id} className="button button-quiet">
                Add<span className="sr-only"> {title}</span>
              </button>
            </li>
          ))}
        </ul>
      </ActionForm>
    </div>
  );
}
