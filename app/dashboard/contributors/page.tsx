import type { Metadata } from 'next';
import { add } from '#app/dashboard/contributors/actions.ts';
import { listQuery } from '#app/dashboard/form-fields.ts';
import { addPicture } from '#app/dashboard/media/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { LinkList } from '#components/dashboard/link-list.tsx';
import { Pages } from '#components/dashboard/pages.tsx';
import { ContributorForm } from '#components/dashboard/people/contributor-form.tsx';
import { SearchForm } from '#components/dashboard/search-form.tsx';
import {
  type DeskContributor,
  listAccounts,
  listDeskContributors,
  listDoubles,
} from '#lib/contributors/queries.ts';

export const metadata: Metadata = { title: 'Contributors' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ searchParams }: PageProps<'/dashboard/contributors'>) {
  const actor = await requireStaff('articles.edit-any', '/dashboard/contributors');
  const { search, page } = listQuery(await searchParams);
  const [{ contributors, total, pages }, doubles, accounts] = await Promise.all([
    listDeskContributors(actor, { search, page }),
    listDoubles(actor),
    listAccounts(actor, null),
  ]);
  const address = (to: number) =>
    `/dashboard/contributors?${new URLSearchParams({ q: search, page: String(to) })}`;
  return (
    <>
      <Heading title="Contributors" />
      <details className="mb-6 border border-rule p-4" open={total === 0 && !search}>
        <summary className="-m-4 cursor-pointer p-4 font-semibold">Add a contributor</summary>
        <p className="my-3 max-w-2xl">
          Somebody whose name stands over an article or under a cover. They need no account.
        </p>
        <ContributorForm
          contributor={null}
          accounts={accounts}
          save={add}
          addPicture={addPicture}
        />
      </details>
      {doubles.length > 0 && <Doubles groups={doubles} />}
      <SearchForm label="Name holds" search={search} />
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

/** Names that are the same but for spelling. */
function Doubles({ groups }: { groups: DeskContributor[][] }) {
  return (
    <details className="mb-6 border border-rule p-4">
      <summary className="-m-4 cursor-pointer p-4 font-semibold">
        {groups.length === 1 ? '1 name stands' : `${groups.length} names stand`} here more than once
      </summary>
      <ul className="mt-3">
        {groups.map((group) => (
          <li key={group[0]?.id} className="flex flex-wrap gap-x-5 border-b border-rule py-1">
            {group.map(({ id, slug, name }) => (
              <a key={id} href={`/dashboard/contributors/${id}`} className="link py-1">
                {name} <span className="text-muted">/{slug}</span>
              </a>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
