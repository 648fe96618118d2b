import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { Entry } from '#components/dashboard/entry.tsx';
import { State } from '#components/dashboard/heading.tsx';
import { Press } from '#components/dashboard/press.tsx';
import type { ArticleState } from '#lib/articles/rules.ts';

type Placed = {
  id: string;
  title: string;
  state: ArticleState;
  changed: boolean;
  department: string;
  page: number | null;
  wordCount: number;
};

/**
 * An issue's articles in their order, under the departments where these begin. One form: the first button saves every
 * row, so that the Enter key never moves an article.
 */
export function IssueContents({
  issueId,
  placements,
  change,
}: {
  issueId: string;
  placements: Placed[];
  change: FormAction;
}) {
  return (
    <ActionForm action={change} label="Contents">
      <input type="hidden" name="id" value={issueId} />
      {placements.length === 0 ? (
        <p className="text-muted">No article stands in this issue yet.</p>
      ) : (
        <>
          <button type="submit" name="intent" value="save" className="button button-quiet mb-3">
            Save departments and pages
          </button>
          <ol className="border-t border-rule">
            {placements.map((placed, index) => (
              <li key={placed.id} className="border-b border-rule py-3">
                {placed.department !== placements[index - 1]?.department && (
                  <p className="label mb-1 wrap-anywhere text-accent">{placed.department}</p>
                )}
                <Row placed={placed} first={index === 0} last={index === placements.length - 1} />
              </li>
            ))}
          </ol>
        </>
      )}
    </ActionForm>
  );
}

function Row({ placed, first, last }: { placed: Placed; first: boolean; last: boolean }) {
  const { id, title } = placed;
  return (
    <div className="grid gap-x-6 gap-y-2 2xl:grid-cols-[minmax(0,1fr)_auto]">
      <input type="hidden" name="articleId" value={id} />
      <div className="min-w-0">
        <a href={`/dashboard/articles/${id}`} className="link font-semibold wrap-anywhere">
          {title}
        </a>
        <p className="mt-1 flex flex-wrap gap-2 text-[0.85rem] text-muted">
          <State strong={placed.state !== 'published'}>{placed.state}</State>
          {placed.changed && <State strong>unpublished changes</State>}
          {placed.wordCount} words
        </p>
      </div>
      <div className="flex flex-wrap items-end gap-2">
        <Entry
          name={`department-${id}`}
          label="Department"
          about={title}
          list="departments"
          autoComplete="off"
          defaultValue={placed.department}
          className="w-44"
        />
        <Entry
          name={`page-${id}`}
          label="Page"
          about={title}
          inputMode="numeric"
          autoComplete="off"
          defaultValue={placed.page ?? ''}
          className="w-20"
        />
        <Press intent={`up:${id}`} name="Move up" about={title} disabled={first} />
        <Press intent={`down:${id}`} name="Move down" about={title} disabled={last} />
        <Press intent={`remove:${id}`} name="Take out" about={title} />
      </div>
    </div>
  );
}
