import type { Saving } from '#components/dashboard/issue/plan-state.ts';
import { type Plan, placesOf } from '#lib/issues/board.ts';
import { flatPlanOf } from '#lib/issues/flat-plan.ts';
import type { BoardArticle } from '#lib/publishing/rules.ts';

const whole = new Intl.NumberFormat('en-GB');

/** "12 articles · 18,400 of 21,000 words · 58 of 64 pages": all of an issue in one line. */
export function BoardTotals({
  plan,
  article,
  issue,
}: {
  plan: Plan;
  article: (id: string) => BoardArticle;
  issue: { pageCount: number | null };
}) {
  const places = placesOf(plan);
  const written = places.reduce((sum, { articleId }) => sum + article(articleId).wordCount, 0);
  const budget = places.reduce((sum, { wordBudget }) => sum + (wordBudget ?? 0), 0);
  const { used } = flatPlanOf(plan, issue.pageCount);
  const parts = [
    places.length === 1 ? '1 article' : `${places.length} articles`,
    budget > 0
      ? `${whole.format(written)} of ${whole.format(budget)} words`
      : `${whole.format(written)} words`,
    issue.pageCount ? `${used} of ${issue.pageCount} pages` : `${used} pages`,
  ];
  return <p className="text-[0.9rem] text-muted">{parts.join(' · ')}</p>;
}

/** Whether the board is saved, what became of the last change, and the way back. */
export function BoardState({
  saving,
  refusal,
  unsent,
  told,
  retry,
  undo,
}: {
  saving: Saving;
  refusal: string;
  unsent: boolean;
  told: string;
  retry: () => void;
  undo: (() => void) | null;
}) {
  const words = {
    still: 'Every change is saved at once.',
    saving: 'Saving…',
    saved: 'Saved.',
    failed: '',
  };
  return (
    <div className="mb-2 flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 text-[0.9rem]">
      <p role="status" className="text-muted">
        {told} {words[saving]}
      </p>
      <p role="alert" className="font-semibold text-accent">
        {refusal}
      </p>
      {unsent && (
        <button type="button" className="link py-1" onClick={retry}>
          Try again
        </button>
      )}
      {undo && (
        <button type="button" className="link py-1" onClick={undo}>
          Undo the last change
        </button>
      )}
    </div>
  );
}
