import type { Metadata } from 'next';
import { add, order } from '#app/dashboard/sections/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { HeadForm } from '#components/dashboard/head-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { SectionList } from '#components/dashboard/site/section-list.tsx';
import { listSections } from '#lib/sections/queries.ts';

export const metadata: Metadata = { title: 'Sections' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page() {
  await requireStaff('site.edit', '/dashboard/sections');
  const sections = await listSections();
  return (
    <>
      <Heading title="Sections" />
      <details className="mb-6 border border-rule p-4" open={sections.length === 0}>
        <summary className="-m-4 cursor-pointer p-4 font-semibold">Add a section</summary>
        <div className="mt-3">
          <HeadForm head={null} kind="section" folder="/sections" save={add} />
        </div>
      </details>
      <p className="mb-3 max-w-2xl text-muted">
        Every page names the sections in this order, at its head and at its foot.
      </p>
      <SectionList sections={sections} order={order} />
    </>
  );
}
