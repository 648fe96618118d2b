import type { Metadata } from 'next';
import { requireStaff } from '#app/dashboard/staff.ts';
import { queryValue } from '#app/request.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { LinkList } from '#components/dashboard/link-list.tsx';
import { placesFor } from '#components/dashboard/navigation.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { grouped, pagesLike } from '#components/dashboard/search-results.ts';
import { searchOffice } from '#lib/publishing/search.ts';

export const metadata: Metadata = { title: 'Search' };

/** Of each kind. Who finds more looks for more. */
const each = 25;

export default async function Page({ searchParams }: PageProps<'/dashboard/search'>) {
  const actor = await requireStaff('dashboard.enter', '/dashboard/search');
  const typed = queryValue((await searchParams)['q']).trim();
  const found = await searchOffice(actor, typed, { each });
  const groups = grouped([...pagesLike(placesFor(actor), typed), ...found]);
  return (
    <>
      <Heading title="Search" />
      <form className="mb-8 flex max-w-xl flex-wrap items-end gap-3" aria-label="Search">
        <div className="min-w-0 flex-1">
          <label htmlFor="search-terms" className="block text-[0.85rem] text-muted">
            A part of a title, a name, an address, or a number
          </label>
          <input
            id="search-terms"
            name="q"
            type="search"
            defaultValue={typed}
            maxLength={100}
            className="field"
          />
        </div>
        <button type="submit" className="button">
          Search
        </button>
      </form>
      {typed.length === 1 && <p className="text-muted">One letter finds everything: write two.</p>}
      {typed.length > 1 && groups.length === 0 && (
        <p className="text-muted wrap-anywhere">Nothing holds “{typed}”.</p>
      )}
      {groups.map(([name, results]) => (
        <Panel
          key={name}
          title={name}
          aside={
            results.length >= each && <span className="text-muted">the first {results.length}</span>
          }
        >
          <LinkList links={results} none="" />
        </Panel>
      ))}
    </>
  );
}
