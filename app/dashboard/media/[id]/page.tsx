import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { describe, remove, replace } from '#app/dashboard/media/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { MediaForm } from '#components/dashboard/media/form.tsx';
import { MediaReplace } from '#components/dashboard/media/replace.tsx';
import { MediaUses } from '#components/dashboard/media/uses.tsx';
import { Moment } from '#components/dashboard/moment.tsx';
import { Facts, Panel } from '#components/dashboard/panel.tsx';
import { RemoveForm } from '#components/dashboard/remove-form.tsx';
import { findDeskPicture } from '#lib/media/library.ts';
import { fileSize, pictureTypeNames } from '#lib/media/rules.ts';
import { listUses } from '#lib/media/usage.ts';

export const metadata: Metadata = { title: 'Picture' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ params }: PageProps<'/dashboard/media/[id]'>) {
  const { id } = await params;
  const actor = await requireStaff('media.upload', `/dashboard/media/${encodeURIComponent(id)}`);
  const [picture, { uses, hidden }] = await Promise.all([
    findDeskPicture(actor, id),
    listUses(actor, id),
  ]);
  if (!picture) notFound();
  const inUse = uses.length + hidden > 0;
  return (
    <>
      <Heading title={picture.filename}>
        <a href="/dashboard/media" className="link">
          All pictures
        </a>
      </Heading>
      <div className="mb-10">
        <MediaForm key={picture.version} picture={picture} save={describe} />
      </div>
      <div className="gap-x-12 xl:grid xl:grid-cols-2">
        <MediaUses uses={uses} hidden={hidden} />
        <Panel title="File">
          <Facts
            facts={[
              { name: 'Size', value: `${picture.width} × ${picture.height} pixels` },
              {
                name: 'Kept as',
                value: `${pictureTypeNames[picture.type]}, ${fileSize(picture.bytes)}`,
              },
              { name: 'Added', value: <Moment date={picture.createdAt} /> },
              { name: 'By', value: picture.by ?? 'unknown' },
              ...(picture.version > 1
                ? [
                    {
                      name: 'Replaced',
                      value: picture.version === 2 ? 'once' : `${picture.version - 1} times`,
                    },
                  ]
                : []),
            ]}
          />
        </Panel>
        {picture.changeable && (
          <>
            <MediaReplace
              id={id}
              version={picture.version}
              publicUses={uses.filter(({ isPublic }) => isPublic).length}
              replace={replace}
            />
            <RemoveForm
              id={id}
              name={picture.filename}
              inUse={
                inUse ? 'This picture is in use, so it has to stay. Take it out there first.' : null
              }
              remove={remove}
            />
          </>
        )}
      </div>
    </>
  );
}
