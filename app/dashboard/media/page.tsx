import type { Metadata } from 'next';
import { addPicture } from '#app/dashboard/media/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { queryValue } from '#app/request.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { MediaFilters } from '#components/dashboard/media/filters.tsx';
import { MediaGrid } from '#components/dashboard/media/grid.tsx';
import { MediaUpload } from '#components/dashboard/media/upload.tsx';
import { Pages } from '#components/dashboard/pages.tsx';
import { listPictures } from '#lib/media/library.ts';
import { pictureCount, pictureTypes } from '#lib/media/rules.ts';

export const metadata: Metadata = { title: 'Media' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ searchParams }: PageProps<'/dashboard/media'>) {
  const actor = await requireStaff('media.upload', '/dashboard/media');
  const query = await searchParams;
  const search = queryValue(query.q);
  const only = queryValue(query.only);
  const type = pictureTypes.find((known) => known === queryValue(query.type));
  const page = Math.min(Math.max(1, Number.parseInt(queryValue(query.page), 10) || 1), 100_000);
  const { pictures, total, pages } = await listPictures(actor, {
    search,
    unused: only === 'unused',
    withoutCredit: only === 'uncredited',
    type,
    page,
  });
  const address = (to: number) =>
    `/dashboard/media?${new URLSearchParams({ q: search, only, type: type ?? '', page: String(to) })}`;
  const narrowed = search || only || type;
  return (
    <>
      <Heading title="Media" />
      <MediaUpload addPicture={addPicture} />
      <MediaFilters search={search} only={only} type={type ?? ''} />
      <p className="mb-3 text-muted">
        {pictureCount(total, search.trim() !== '')}
        {pages > 1 && `, page ${page} of ${pages}`}
      </p>
      <MediaGrid
        pictures={pictures}
        none={narrowed ? 'No picture fits.' : 'There is no picture yet: add the first above.'}
      />
      <Pages
        page={page}
        pages={pages}
        address={address}
        names={['Newer pictures', 'Older pictures']}
      />
    </>
  );
}
