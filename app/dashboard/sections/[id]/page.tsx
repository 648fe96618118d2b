import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { remove, save } from '#app/dashboard/sections/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { RemoveForm } from '#components/dashboard/remove-form.tsx';
import { SectionForm } from '#components/dashboard/section-form.tsx';
import { findDeskSection } from '#lib/sections/queries.ts';

export const metadata: Metadata = { title: 'Section' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ params }: PageProps<'/dashboard/sections/[id]'>) {
  const { id } = await params;
  const path = `/dashboard/sections/${encodeURIComponent(id)}`;
  const actor = await requireStaff('publication.edit', path);
  const section = await findDeskSection(actor, id);
  if (!section) notFound();
  const { articleCount } = section;
  const articles = articleCount === 1 ? '1 article stands' : `${articleCount} articles stand`;
  return (
    <>
      <Heading title={section.name}>
        <a href={`/sections/${section.slug}`} className="link">
          On the site
        </a>
      </Heading>
      <div className="mb-10">
        <SectionForm section={section} save={save} />
      </div>
      <RemoveForm
        id={id}
        name={section.name}
        inUse={
          articleCount > 0
            ? `${articles} in this section, or once did: it has to stay. Earlier versions of an article keep theirs.`
            : null
        }
        remove={remove}
      />
    </>
  );
}
