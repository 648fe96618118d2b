import type { Metadata } from 'next';
import { listQuery } from '#app/dashboard/form-fields.ts';
import { add, importList, remove } from '#app/dashboard/redirects/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { Pages } from '#components/dashboard/pages.tsx';
import { SearchForm } from '#components/dashboard/search-form.tsx';
import { RedirectForm } from '#components/dashboard/site/redirect-form.tsx';
import { RedirectImport } from '#components/dashboard/site/redirect-import.tsx';
import { RedirectList } from '#components/dashboard/site/redirect-list.tsx';
import { listRedirects } from '#lib/redirects/queries.ts';

export const metadata: Metadata = { title: 'Redirects' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ searchParams }: PageProps<'/dashboard/redirects'>) {
  const actor = await requireStaff('site.edit', '/dashboard/redirects');
  const { search, page } = listQuery(await searchParams);
  const { redirects, total, pages } = await listRedirects(actor, { search, page });
  const address = (to: number) =>
    `/dashboard/redirects?${new URLSearchParams({ q: search, page: String(to) })}`;
  return (
    <>
      <Heading title="Redirects" />
      <p className="mb-4 max-w-2xl text-muted">
        Old addresses that lead elsewhere for good. What changes its address in this dashboard is
        redirected by itself; here is what came from another site, or is printed somewhere.
      </p>
      <details className="mb-6 border border-rule p-4">
        <summary className="-m-4 cursor-pointer p-4 font-semibold">Add a redirect</summary>
        <div className="mt-3">
          <RedirectForm add={add} />
        </div>
      </details>
      <details className="mb-6 border border-rule p-4">
        <summary className="-m-4 cursor-pointer p-4 font-semibold">Import a list</summary>
        <div className="mt-3">
          <RedirectImport run={importList} />
        </div>
      </details>
      <SearchForm label="Either address holds" search={search} />
      <p className="mb-2 text-muted">
        {total === 1 ? '1 redirect' : `${total} redirects`}
        {pages > 1 && `, page ${page} of ${pages}`}
      </p>
      <RedirectList redirects={redirects} remove={remove} />
      <Pages
        page={page}
        pages={pages}
        address={address}
        names={['Earlier addresses', 'Later addresses']}
      />
    </>
  );
}
