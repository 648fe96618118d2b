'use client';

import { type FormEvent, Fragment, useId } from 'react';
import type { Plan } from '#lib/issues/board.ts';
import { findingText, flatPlanOf, type PlannedPage } from '#lib/issues/flat-plan.ts';

/** The pages of the printed issue as little spreads, what is odd about them in words, and a way to number them all. */
export function FlatPlanStrip({
  plan,
  pageCount,
  titleOf,
  onNumber,
}: {
  plan: Plan;
  pageCount: number | null;
  titleOf: (articleId: string) => string;
  onNumber: (first: number) => void;
}) {
  const { spreads, findings, total, used } = flatPlanOf(plan, pageCount);
  return (
    <>
      <NumberForm plan={plan} onNumber={onNumber} />
      {findings.length > 0 && (
        <ul className="mt-2 list-disc pl-5">
          {findings.map((finding) => {
            const text = findingText(finding, titleOf);
            return (
              <li key={text} className="wrap-anywhere text-accent">
                {text}
              </li>
            );
          })}
        </ul>
      )}
      {used === 0 ? (
        <p className="mt-2 text-muted">No article has a page yet.</p>
      ) : (
        <>
          <p className="sr-only">
            {used} of {total} pages have an article. The board above says which page each begins on.
          </p>
          <ol aria-hidden="true" className="mt-3 flex flex-wrap gap-x-3 gap-y-3">
            {spreads.map((pages, index) => {
              const run = emptyRun(spreads, index);
              const [first] = pages;
              return (
                <Fragment key={first?.number}>
                  {run?.begins && (
                    <li className="basis-full border border-rule border-dashed px-2 py-1 text-[0.85rem] text-muted sm:hidden">
                      Pages {run.from}–{run.to} are empty
                    </li>
                  )}
                  <li
                    className={`flex ${first?.number === 1 ? 'ml-16.5' : ''} ${run ? 'max-sm:hidden' : ''}`}
                  >
                    {pages.map((page) => (
                      <PageBox key={page.number} page={page} titleOf={titleOf} total={total} />
                    ))}
                  </li>
                </Fragment>
              );
            })}
          </ol>
        </>
      )}
    </>
  );
}

/** The run of three empty spreads or more that a spread belongs to: on a telephone they take one line. */
function emptyRun(
  spreads: PlannedPage[][],
  index: number,
): { from: number; to: number; begins: boolean } | null {
  const isEmpty = (at: number) =>
    spreads[at]?.every(({ articleIds }) => articleIds.length === 0) === true;
  if (!isEmpty(index)) return null;
  let [first, last] = [index, index];
  while (isEmpty(first - 1)) first -= 1;
  while (isEmpty(last + 1)) last += 1;
  if (last - first < 2) return null;
  const from = spreads[first]?.[0]?.number ?? 0;
  const to = spreads[last]?.at(-1)?.number ?? 0;
  return { from, to, begins: index === first };
}

function PageBox({
  page,
  total,
  titleOf,
}: {
  page: PlannedPage;
  total: number;
  titleOf: (articleId: string) => string;
}) {
  const { number, articleIds, first } = page;
  const [article] = articleIds;
  const wrong = articleIds.length > 1 || number > total;
  const look = wrong
    ? 'border-2 border-accent'
    : article
      ? 'border-muted bg-raised'
      : 'border-rule border-dashed';
  return (
    <div
      title={article ? articleIds.map(titleOf).join(' / ') : `Page ${number} is empty`}
      className={`relative -mr-px h-21 w-16.5 overflow-hidden border p-1 text-[0.7rem] leading-tight ${look}`}
    >
      {article && (first || number % 2 === 0) && (
        <span
          className={`line-clamp-4 hyphens-auto wrap-anywhere ${first ? 'font-semibold' : 'text-muted'}`}
        >
          {articleIds.length > 1 ? `${articleIds.length} articles` : titleOf(article)}
        </span>
      )}
      <span
        className={`absolute bottom-0.5 text-[0.75rem] text-muted ${number % 2 === 0 ? 'left-1' : 'right-1'}`}
      >
        {number}
      </span>
    </div>
  );
}

function NumberForm({ plan, onNumber }: { plan: Plan; onNumber: (first: number) => void }) {
  const id = useId();
  const begin = plan.flatMap(({ places }) => places)[0]?.page ?? 4;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const first = Number(new FormData(event.currentTarget).get('first'));
    if (Number.isInteger(first) && first >= 1 && first <= 2_000) onNumber(first);
  };
  return (
    <form onSubmit={send} className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <label htmlFor={id}>Number the pages in this order, from page</label>
      <input
        id={id}
        name="first"
        inputMode="numeric"
        defaultValue={begin}
        autoComplete="off"
        className="field w-20"
      />
      <button type="submit" className="button button-quiet">
        Number
      </button>
      <p className="basis-full text-[0.85rem] text-muted">
        An article without a number of pages takes one.
      </p>
    </form>
  );
}
