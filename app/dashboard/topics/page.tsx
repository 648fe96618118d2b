import type { Metadata } from 'next';
import { listQuery } from '#app/dashboard/form-fields.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { add } from '#app/dashboard/topics/actions.ts';
import { HeadForm } from '#components/dashboard/head-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { LinkList } from '#components/dashboard/link-list.tsx';
import { Pages } from '#components/dashboard/pages.tsx';
import { SearchForm } from '#components/dashboard/search-form.tsx';
import { listTopics } from '#lib/topics/queries.ts';

export const metadata: Metadata = { title: 'Topics' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ searchParams }: PageProps<'/dashboard/topics'>) {
  const actor = await requireStaff('articles.edit-any', '/dashboard/topics');
  const { search, page } = listQuery(await searchParams);
  const { topics, total, pages } = await listTopics(actor, { search, page });
  const address = (to: number) =>
    `/dashboard/topics?${new URLSearchParams({ q: search, page: String(to) })}`;
  return (
    <>
      <Heading title="Topics" />
      <p className="mb-4 max-w-2xl text-muted">
        What articles are about, beside their one section. Topics that an article’s form names are
        made by themselves; each has a page once something on it is published.
      </p>
      <details className="mb-6 border border-rule p-4" open={total === 0 && !search}>
        <summary className="-m-4 cursor-pointer p-4 font-semibold">Add a topic</summary>
        <div className="mt-3">
          <HeadForm head={null} kind="topic" folder="/topics" save={add} />
        </div>
      </details>
      <SearchForm label="Name holds" search={search} />
      <p className="mb-2 text-muted">
        {total === 1 ? '1 topic' : `${total} topics`}
        {pages > 1 && `, page ${page} of ${pages}`}
      </p>
      <LinkList
        none={search ? 'No topic fits.' : 'There is no topic yet.'}
        links={topics.map(({ id, slug, name, articleCount }) => ({
          href: `/dashboard/topics/${id}`,
          name,
          note: `${articleCount === 1 ? '1 article' : `${articleCount} articles`} · /topics/${slug}`,
        }))}
      />
      <Pages page={page} pages={pages} address={address} names={['Earlier names', 'Later names']} />
    </>
  );
}
