import type { FormAction } from '#components/dashboard/action-form.tsx';
import { OrderedList } from '#components/dashboard/ordered-list.tsx';

type Row = { id: string; slug: string; name: string };

/** The sections in the order in which every page names them. */
export function SectionList({ sections, order }: { sections: Row[]; order: FormAction }) {
  if (sections.length === 0) return <p className="text-muted">There is no section yet.</p>;
  return (
    <OrderedList
      label="Order"
      save={order}
      items={sections.map(({ id, slug, name }) => ({
        id,
        name,
        content: (
          <>
            <a
              href={`/dashboard/sections/${id}`}
              className="link inline-block py-1 font-semibold wrap-anywhere"
            >
              {name}
            </a>
            <p className="wrap-anywhere text-muted">/sections/{slug}</p>
          </>
        ),
      }))}
    />
  );
}
