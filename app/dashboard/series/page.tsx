import type { Metadata } from 'next';
import { listQuery } from '#app/dashboard/form-fields.ts';
import { add } from '#app/dashboard/series/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { HeadForm } from '#components/dashboard/head-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { LinkList } from '#components/dashboard/link-list.tsx';
import { Pages } from '#components/dashboard/pages.tsx';
import { SearchForm } from '#components/dashboard/search-form.tsx';
import { listSeries } from '#lib/series/queries.ts';

export const metadata: Metadata = { title: 'Series' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ searchParams }: PageProps<'/dashboard/series'>) {
  const actor = await requireStaff('articles.edit-any', '/dashboard/series');
  const { search, page } = listQuery(await searchParams);
  const { series, total, pages } = await listSeries(actor, { search, page });
  const address = (to: number) =>
    `/dashboard/series?${new URLSearchParams({ q: search, page: String(to) })}`;
  return (
    <>
      <Heading title="Series" />
      <p className="mb-4 max-w-2xl text-muted">
        Articles that follow each other, over several issues or days: each tells which part it is
        and leads to the parts before and after it.
      </p>
      <details className="mb-6 border border-rule p-4" open={total === 0 && !search}>
        <summary className="-m-4 cursor-pointer p-4 font-semibold">Add a series</summary>
        <div className="mt-3">
          <HeadForm head={null} kind="series" folder="/series" save={add} />
        </div>
      </details>
      <SearchForm label="Name holds" search={search} />
      <p className="mb-2 text-muted">
        {total === 1 ? '1 series' : `${total} series`}
        {pages > 1 && `, page ${page} of ${pages}`}
      </p>
      <LinkList
        none={search ? 'No series fits.' : 'There is no series yet.'}
        links={series.map(({ id, slug, name, articleCount }) => ({
          href: `/dashboard/series/${id}`,
          name,
          note: `${articleCount === 1 ? '1 article' : `${articleCount} articles`} · /series/${slug}`,
        }))}
      />
      <Pages page={page} pages={pages} address={address} names={['Earlier names', 'Later names']} />
    </>
  );
}
