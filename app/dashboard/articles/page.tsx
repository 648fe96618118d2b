import type { Metadata } from 'next';
import { beginArticle } from '#app/dashboard/articles/actions.ts';
import { changeChosen } from '#app/dashboard/articles/bulk-actions.ts';
import { bulkActions } from '#app/dashboard/articles/bulk-commands.ts';
import { deskFilters, filterNames } from '#app/dashboard/articles/filters.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { queryValue } from '#app/request.ts';
import { ActionForm, Choice, TextField } from '#components/dashboard/action-form.tsx';
import { BulkForm } from '#components/dashboard/article/bulk-form.tsx';
import { ArticleTable } from '#components/dashboard/article/table.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { Pages } from '#components/dashboard/pages.tsx';
import { bulkBound } from '#lib/publishing/bulk.ts';
import { listDesk } from '#lib/publishing/desk.ts';
import { listDeskIssues } from '#lib/publishing/issue-desk.ts';
import { listSections } from '#lib/sections/queries.ts';
import { listColleagues } from '#lib/workflow/queries.ts';
import { standingNames, standings } from '#lib/workflow/rules.ts';

export const metadata: Metadata = { title: 'Articles' };

export default async function Page({ searchParams }: PageProps<'/dashboard/articles'>) {
  const actor = await requireStaff('articles.write', '/dashboard/articles');
  const query = await searchParams;
  const value = (name: string) => queryValue(query[name]);
  const page = Math.min(Math.max(1, Number.parseInt(value('page'), 10) || 1), 100_000);
  const [found, sections, issues, colleagues] = await Promise.all([
    listDesk(actor, { ...deskFilters(value), page }),
    listSections(),
    listDeskIssues(actor),
    listColleagues(actor),
  ]);
  const address = (to: number) => {
    const filters = filterNames
      .map((name): [string, string] => [name, value(name)])
      .filter(([, chosen]) => chosen);
    return `/dashboard/articles?${new URLSearchParams([...filters, ['page', String(to)]])}`;
  };
  return (
    <>
      <Heading title="Articles" />
      <details
        className="mb-6 border border-rule p-4"
        open={found.total === 0 && !filterNames.some(value)}
      >
        <summary className="-m-4 cursor-pointer p-4 font-semibold">Begin a new one</summary>
        <ActionForm action={beginArticle} className="mt-3 max-w-xl space-y-3" label="New article">
          <TextField name="title" label="Title" />
          <Choice
            name="kind"
            label="Kind"
            options={[
              { value: 'article', label: 'Article' },
              { value: 'news', label: 'News, outside any issue' },
            ]}
          />
          <button type="submit" className="button">
            Begin
          </button>
        </ActionForm>
      </details>
      <form className="mb-4 flex flex-wrap items-end gap-3" aria-label="Filters">
        <Filter name="q" label="Title holds" value={value('q')} />
        <Filter
          name="stage"
          label="Stage"
          value={value('stage')}
          options={standings.map((name) => ({ value: name, label: standingNames[name] }))}
        />
        <Filter
          name="section"
          label="Section"
          value={value('section')}
          options={sections.map((section) => ({ value: section.id, label: section.name }))}
        />
        <Filter
          name="issue"
          label="Issue"
          value={value('issue')}
          options={issues.map((issue) => ({
            value: issue.id,
            label: `No. ${issue.number}, ${issue.title}`,
          }))}
        />
        <fieldset className="flex flex-wrap gap-x-4">
          <legend className="sr-only">Only</legend>
          {only.map(({ name, label }) => (
            <label key={name} className="flex min-h-11 items-center gap-2">
              <input type="checkbox" name={name} defaultChecked={value(name) === 'on'} /> {label}
            </label>
          ))}
        </fieldset>
        <button type="submit" className="button button-quiet">
          Show
        </button>
      </form>
      <p className="mb-2 text-muted">
        {found.total === 1 ? '1 article' : `${found.total} articles`}
        {found.pages > 1 && `, page ${page} of ${found.pages}`}
      </p>
      <BulkForm
        // Another page or filter is another list: nothing of it is chosen yet.
        key={address(page)}
        action={changeChosen}
        actions={bulkActions(actor, sections, colleagues)}
        filters={Object.fromEntries(filterNames.map((name) => [name, value(name)]))}
        shown={found.articles.length}
        matching={found.total}
        bound={bulkBound}
      >
        <ArticleTable articles={found.articles} selectable />
      </BulkForm>
      <Pages
        page={page}
        pages={found.pages}
        address={address}
        names={['Earlier page', 'Next page']}
      />
    </>
  );
}

const only = [
  { name: 'mine', label: 'Mine' },
  { name: 'assigned', label: 'For me to do' },
  { name: 'late', label: 'Late' },
];

function Filter({
  name,
  label,
  value,
  options,
}: {
  name: string;
  label: string;
  value: string;
  options?: { value: string; label: string }[];
}) {
  const id = `filter-${name}`;
  return (
    <div>
      <label htmlFor={id} className="block text-[0.85rem] text-muted">
        {label}
      </label>
      {options ? (
        <select id={id} name={name} defaultValue={value} className="field max-w-56">
          <option value="">all</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} name={name} type="search" defaultValue={value} className="field" />
      )}
    </div>
  );
}
