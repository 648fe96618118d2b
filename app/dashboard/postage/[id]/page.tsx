import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { remove, save } from '#app/dashboard/postage/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { ZoneForm } from '#components/dashboard/postage/zone-form.tsx';
import { RemoveForm } from '#components/dashboard/remove-form.tsx';
import { allCountries } from '#lib/postage/countries.ts';
import { findDeskZone } from '#lib/postage/queries.ts';

export const metadata: Metadata = { title: 'Zone' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ params }: PageProps<'/dashboard/postage/[id]'>) {
  const { id } = await params;
  const path = `/dashboard/postage/${encodeURIComponent(id)}`;
  const actor = await requireStaff('catalog.price', path);
  const found = await findDeskZone(actor, id);
  if (!found) notFound();
  const { zone, others } = found;
  const rest = others.find(({ restOfWorld }) => restOfWorld);
  return (
    <>
      <Heading title={zone.name} />
      <div className="mb-10">
        <ZoneForm zone={zone} others={others} countries={allCountries()} save={save} />
      </div>
      <RemoveForm
        id={id}
        name={zone.name}
        inUse={null}
        note={
          rest
            ? `What is posted to its countries costs what “${rest.name}” says from then on.`
            : 'Nothing is posted to its countries from then on.'
        }
        remove={remove}
      />
    </>
  );
}
