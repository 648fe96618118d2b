import { pictureTypeNames, pictureTypes } from '#lib/media/rules.ts';

/** Narrows the library. */
export function MediaFilters({
  search,
  only,
  type,
}: {
  search: string;
  only: string;
  type: string;
}) {
  const label = 'block text-[0.85rem] text-muted';
  return (
    <form className="mb-4 flex flex-wrap items-end gap-3" aria-label="Filters">
      <div className="min-w-0 flex-[1_1_14rem] sm:max-w-72">
        <label htmlFor="filter-q" className={label}>
          Name, description or credit holds
        </label>
        <input id="filter-q" name="q" type="search" defaultValue={search} className="field" />
      </div>
      <div>
        <label htmlFor="filter-only" className={label}>
          Only
        </label>
        <select id="filter-only" name="only" defaultValue={only} className="field">
          <option value="">all</option>
          <option value="unused">in use nowhere</option>
          <option value="uncredited">without a credit</option>
        </select>
      </div>
      <div>
        <label htmlFor="filter-type" className={label}>
          Kind
        </label>
        <select id="filter-type" name="type" defaultValue={type} className="field">
          <option value="">all</option>
          {pictureTypes.map((known) => (
            <option key={known} value={known}>
              {pictureTypeNames[known]}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="button button-quiet">
        Show
      </button>
    </form>
  );
}
