import type { Metadata } from 'next';
import { add } from '#app/dashboard/contributors/actions.ts';
import { addPicture } from '#app/dashboard/media/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { queryValue } from '#app/request.ts';
import { ContributorForm } from '#components/dashboard/contributor-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { LinkList } from '#components/dashboard/link-list.tsx';
import { Pages } from '#components/dashboard/pages.tsx';
import { listDeskContributors } from '#lib/contributors/queries.ts';

export const metadata: Metadata = { title: 'Contributors' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ searchParams }: PageProps<'/dashboard/contributors'>) {
  const actor = await requireStaff('articles.edit-any', '/dashboard/contributors');
  const query = await searchParams;
  const search = queryValue(query.q);
  const page = Math.min(Math.max(1, Number.parseInt(queryValue(query.page), 10) || 1), 100_000);
  const { contributors, total, pages } = await listDeskContributors(actor, { search, page });
  const address = (to: number) =>
    `/dashboard/contributors?${new URLSearchParams({ q: search, page: String(to) })}`;
  return (
    <>
      <Heading title="Contributors" />
      <details className="mb-6 border border-rule p-4" open={total === 0 && !search}>
        <summary className="cursor-pointer font-semibold">Add a contributor</summary>
        <p className="my-3 max-w-2xl">
          Somebody whose name stands over an article or under a cover. They need no account.
        </p>
        <ContributorForm contributor={null} save={add} addPicture={addPicture} />
      </details>
      <form className="mb-4 flex flex-wrap items-end gap-3" aria-label="Filters">
        <div className="min-w-0 flex-[0_1_18rem]">
          <label htmlFor="filter-q" className="block text-[0.85rem] text-muted">
            Name holds
          </label>
          <input id="filter-q" name="q" type="search" defaultValue={search} className="field" />
        </div>
        <button type="submit" className="button button-quiet">
          Show
        </button>
      </form>
      <p className="mb-2 text-muted">
        {total === 1 ? '1 contributor' : `${total} contributors`}
        {pages > 1 && `, page ${page} of ${pages}`}
      </p>
      <LinkList
        none={search ? 'No contributor fits.' : 'There is no contributor yet.'}
        links={contributors.map(({ id, slug, name, city }) => ({
          href: `/dashboard/contributors/${id}`,
          name,
          note: `${city ? `${city} · ` : ''}/contributors/${slug}`,
        }))}
      />
      <Pages page={page} pages={pages} address={address} names={['Earlier names', 'Later names']} />
    </>
  );
}
