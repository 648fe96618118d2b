'use client';

import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { OrderedList } from '#components/dashboard/ordered-list.tsx';

type Part = { articleId: string; title: string; part: number | null; published: boolean };

/** The articles of a series in their order. Moving one numbers all of them anew. */
export function PartList({
  seriesId,
  parts,
  order,
  takeOut,
}: {
  seriesId: string;
  parts: Part[];
  order: FormAction;
  takeOut: FormAction;
}) {
  if (parts.length === 0) return <p className="text-muted">No article stands in it yet.</p>;
  return (
    <OrderedList
      id={seriesId}
      label="Parts"
      save={order}
      items={parts.map(({ articleId, title, part, published }) => ({
        id: articleId,
        name: title,
        content: (
          <div className="flex flex-wrap items-center justify-between gap-x-4">
            <p className="min-w-0 flex-[1_1_12rem]">
              <span className="text-muted">{part ? `${part}. ` : ''}</span>
              <a
                href={`/dashboard/articles/${articleId}`}
                className="link inline-block py-1 font-semibold wrap-anywhere"
              >
                {title}
              </a>
              {!published && <span className="text-muted"> (not published)</span>}
            </p>
            <ActionForm action={takeOut} label={`Take out ${title}`} className="[&>p]:hidden">
              <input type="hidden" name="articleId" value={articleId} />
              <button type="submit" className="button button-quiet">
                Take out<span className="sr-only"> {title}</span>
              </button>
            </ActionForm>
          </div>
        ),
      }))}
    />
  );
}
