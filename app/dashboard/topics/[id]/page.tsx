import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '#app/dashboard/staff.ts';
import { merge, remove, save } from '#app/dashboard/topics/actions.ts';
import { HeadForm } from '#components/dashboard/head-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { MergeForm } from '#components/dashboard/people/merge-form.tsx';
import { RemoveForm } from '#components/dashboard/remove-form.tsx';
import { findDeskTopic } from '#lib/topics/queries.ts';

export const metadata: Metadata = { title: 'Topic' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ params }: PageProps<'/dashboard/topics/[id]'>) {
  const { id } = await params;
  const path = `/dashboard/topics/${encodeURIComponent(id)}`;
  const actor = await requireStaff('articles.edit-any', path);
  const topic = await findDeskTopic(actor, id);
  if (!topic) notFound();
  const { articleCount } = topic;
  return (
    <>
      <Heading title={topic.name}>
        {topic.published && (
          <a href={`/topics/${topic.slug}`} className="link">
            On the site
          </a>
        )}
      </Heading>
      <div className="mb-10">
        <HeadForm head={topic} kind="topic" folder="/topics" save={save} />
      </div>
      <MergeForm
        id={id}
        title="Merge"
        explanation={`All articles on ${topic.name} will be on the other topic, and readers of this one’s address are sent there. It can’t be undone.`}
        button="Merge"
        field={{ name: 'intoId', label: 'Into' }}
        others={topic.others}
        merge={merge}
      />
      <RemoveForm
        id={id}
        name={topic.name}
        inUse={null}
        note={
          articleCount === 0
            ? 'No article is about it.'
            : `${articleCount === 1 ? '1 article is' : `${articleCount} articles are`} about it, and will be about one topic less.`
        }
        remove={remove}
      />
    </>
  );
}
