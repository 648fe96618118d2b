import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { remove, save } from '#app/dashboard/sections/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { HeadForm } from '#components/dashboard/head-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { MergeForm } from '#components/dashboard/people/merge-form.tsx';
import { RemoveForm } from '#components/dashboard/remove-form.tsx';
import { findDeskSection, listSections } from '#lib/sections/queries.ts';

export const metadata: Metadata = { title: 'Section' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ params }: PageProps<'/dashboard/sections/[id]'>) {
  const { id } = await params;
  const path = `/dashboard/sections/${encodeURIComponent(id)}`;
  const actor = await requireStaff('site.edit', path);
  const section = await findDeskSection(actor, id);
  if (!section) notFound();
  const { articleCount } = section;
  const others = (await listSections()).filter((other) => other.id !== id);
  const articles = articleCount === 1 ? '1 article stands' : `${articleCount} articles stand`;
  return (
    <>
      <Heading title={section.name}>
        <a href={`/sections/${section.slug}`} className="link">
          On the site
        </a>
      </Heading>
      <div className="mb-10">
        <HeadForm head={section} kind="section" folder="/sections" save={save} />
      </div>
      {articleCount === 0 ? (
        <RemoveForm id={id} name={section.name} inUse={null} remove={remove} />
      ) : (
        <MergeForm
          id={id}
          title="Remove"
          explanation={`${articles} in this section, or once did. They go to another one, earlier versions too, and readers of this section’s address are sent there. It can’t be undone.`}
          button="Move them and remove"
          field={{ name: 'heirId', label: 'Where its articles go' }}
          others={others}
          merge={remove}
        />
      )}
    </>
  );
}
