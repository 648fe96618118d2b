import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { listQuery } from '#app/dashboard/form-fields.ts';
import { order, place, remove, save } from '#app/dashboard/series/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { HeadForm } from '#components/dashboard/head-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { RemoveForm } from '#components/dashboard/remove-form.tsx';
import { PartList } from '#components/dashboard/series/part-list.tsx';
import { PartSearch } from '#components/dashboard/series/part-search.tsx';
import { findDeskSeries, findPlaceable } from '#lib/series/queries.ts';

export const metadata: Metadata = { title: 'Series' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ params, searchParams }: PageProps<'/dashboard/series/[id]'>) {
  const { id } = await params;
  const path = `/dashboard/series/${encodeURIComponent(id)}`;
  const actor = await requireStaff('articles.edit-any', path);
  const { search } = listQuery(await searchParams);
  const [series, found] = await Promise.all([
    findDeskSeries(actor, id),
    findPlaceable(actor, id, search),
  ]);
  if (!series) notFound();
  const count = series.parts.length;
  return (
    <>
      <Heading title={series.name}>
        {series.parts.some(({ published }) => published) && (
          <a href={`/series/${series.slug}`} className="link">
            On the site
          </a>
        )}
      </Heading>
      <Panel title="Its parts">
        <PartList seriesId={id} parts={series.parts} order={order} takeOut={place} />
        <PartSearch seriesId={id} search={search} found={found} place={place} />
      </Panel>
      <div className="mb-10">
        <HeadForm head={series} kind="series" folder="/series" save={save} />
      </div>
      <RemoveForm
        id={id}
        name={series.name}
        inUse={null}
        note={
          count === 0
            ? 'No article stands in it.'
            : 'Its articles stay, each by itself; only what holds them together goes.'
        }
        remove={remove}
      />
    </>
  );
}
