import type { Metadata } from 'next';
import { add } from '#app/dashboard/postage/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { ZoneForm } from '#components/dashboard/postage/zone-form.tsx';
import { allCountries } from '#lib/postage/countries.ts';
import { listDeskZones } from '#lib/postage/queries.ts';

export const metadata: Metadata = { title: 'New zone' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page() {
  const actor = await requireStaff('catalog.price', '/dashboard/postage/new');
  const others = await listDeskZones(actor);
  return (
    <>
      <Heading title="New zone" />
      <ZoneForm zone={null} others={others} countries={allCountries()} save={add} />
    </>
  );
}
