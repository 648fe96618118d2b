import type { Metadata } from 'next';
import { order } from '#app/dashboard/postage/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { ZoneList } from '#components/dashboard/postage/zone-list.tsx';
import { listDeskZones } from '#lib/postage/queries.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { may } from '#lib/users/rules.ts';

export const metadata: Metadata = { title: 'Postage' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page() {
  const actor = await requireStaff('catalog.price', '/dashboard/postage');
  const [zones, { issuesPerYear }] = await Promise.all([listDeskZones(actor), findPublication()]);
  return (
    <>
      <Heading title="Postage">
        <a href="/dashboard/postage/new" className="button">
          Make a zone
        </a>
      </Heading>
      <p className="mb-3 max-w-2xl text-muted">
        Where print is posted to and for how much, in the order in which readers see it. An order
        pays by its copies; a subscription pays the rate of a first copy for each of its issues, and
        a year is reckoned with {issuesPerYear === 1 ? '1 issue' : `${issuesPerYear} issues`}
        {may(actor, 'publication.edit') ? (
          <>
            {' '}
            (
            <a href="/dashboard/settings" className="link">
              change it
            </a>
            )
          </>
        ) : (
          ', as an administrator says under Settings'
        )}
        .
      </p>
      <ZoneList zones={zones} order={order} />
    </>
  );
}
