import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { Press } from '#components/dashboard/press.tsx';

type Row = { id: string; slug: string; name: string };

/** The sections in the order in which every page names them. */
export function SectionList({ sections, move }: { sections: Row[]; move: FormAction }) {
  if (sections.length === 0) return <p className="text-muted">There is no section yet.</p>;
  return (
    <ActionForm action={move} label="Order">
      <ol className="border-t border-rule">
        {sections.map(({ id, slug, name }, index) => (
          <li
            key={id}
            className="flex flex-wrap items-end justify-between gap-3 border-b border-rule py-3"
          >
            <div className="min-w-0 flex-[1_1_16rem]">
              <a
                href={`/dashboard/sections/${id}`}
                className="link inline-block py-1 font-semibold wrap-anywhere"
              >
                {name}
              </a>
              <p className="wrap-anywhere text-muted">/sections/{slug}</p>
            </div>
            <div className="flex flex-wrap gap-2">
              <Press intent={`up:${id}`} name="Move up" about={name} disabled={index === 0} />
              <Press
                intent={`down:${id}`}
                name="Move down"
                about={name}
                disabled={index === sections.length - 1}
              />
            </div>
          </li>
        ))}
      </ol>
    </ActionForm>
  );
}
