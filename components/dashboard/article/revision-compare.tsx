import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { Comparison } from '#components/dashboard/desk/comparison.tsx';
import type { Compared } from '#components/dashboard/desk/replies.ts';
import { Moment } from '#components/dashboard/moment.tsx';

type Side = { id: string; number: number; savedAt: Date; savedBy: string | null; isDraft: boolean };

/** Two revisions of one article: who wrote them when, what differs, and the way back to either. */
export function RevisionCompare({
  articleId,
  from,
  to,
  comparison,
  restore,
}: {
  articleId: string;
  from: Side;
  to: Side;
  /** `null`: nothing differs. */
  comparison: Compared | null;
  restore: FormAction;
}) {
  return (
    <>
      <div className="mb-6 grid gap-6 sm:grid-cols-2">
        <SideHead name="From" side={from} articleId={articleId} restore={restore} />
        <SideHead name="To" side={to} articleId={articleId} restore={restore} />
      </div>
      {comparison ? (
        <section aria-label="What differs" className="border-t border-rule pt-4">
          <p className="mb-4 text-[0.9rem] text-muted">
            What is{' '}
            <del className="line-through decoration-accent decoration-2">struck through</del> went,
            what is{' '}
            <ins className="font-semibold underline decoration-2 underline-offset-2">
              underlined
            </ins>{' '}
            came.
          </p>
          <Comparison comparison={comparison} />
        </section>
      ) : (
        <p>The two are the same, word for word.</p>
      )}
    </>
  );
}

function SideHead({
  name,
  side,
  articleId,
  restore,
}: {
  name: string;
  side: Side;
  articleId: string;
  restore: FormAction;
}) {
  return (
    <section aria-label={`${name}: revision ${side.number}`}>
      <h2 className="font-semibold">
        {name} revision {side.number}
        {side.isDraft && ', which is worked on'}
      </h2>
      <p className="wrap-anywhere text-muted">
        <Moment date={side.savedAt} /> · {side.savedBy ?? 'nobody known'}
      </p>
      {!side.isDraft && (
        <ActionForm action={restore} label={`Bring revision ${side.number} back`} className="mt-2">
          <input type="hidden" name="id" value={articleId} />
          <input type="hidden" name="revision" value={side.id} />
          <button type="submit" className="button button-quiet">
            Bring it back<span className="sr-only"> (revision {side.number})</span>
          </button>
        </ActionForm>
      )}
    </section>
  );
}
