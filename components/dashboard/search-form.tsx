/** Narrows a list by a word; the list's page gets it as `q`. */
export function SearchForm({ label, search }: { label: string; search: string }) {
  return (
    <form className="mb-4 flex flex-wrap items-end gap-3" aria-label="Filters">
      <div className="min-w-0 flex-[0_1_18rem]">
        <label htmlFor="filter-q" className="block text-[0.85rem] text-muted">
          {label}
        </label>
        <input id="filter-q" name="q" type="search" defaultValue={search} className="field" />
      </div>
      <button type="submit" className="button button-quiet">
        Show
      </button>
    </form>
  );
}
