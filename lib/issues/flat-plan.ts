import { type Plan, placesOf } from '#lib/issues/board.ts';

/** A printed page: the articles that lie on it, by their ids. More than one is a mistake or a shared page. */
export type PlannedPage = { number: number; articleIds: string[]; first: boolean };

export type FlatPlan = {
  /** Left and right page as they lie open; the first page, and an even last one, lie alone. */
  spreads: PlannedPage[][];
  /** How many pages an article lies on. */
  used: number;
  /** How many there are: what the issue says, or as many as its articles reach. */
  total: number;
  findings: Finding[];
};

/** What is odd about the pages. Pages before the first article and behind the last are nobody's mistake. */
export type Finding =
  | { kind: 'gap'; from: number; to: number }
  | { kind: 'overlap'; page: number; articleIds: string[] }
  | { kind: 'beyond'; articleId: string; page: number }
  | { kind: 'unnumbered'; articleIds: string[] };

/** The pages of an issue with what lies on them. `pageCount`: as the issue says, `null` where it doesn't. */
export function flatPlanOf(plan: Plan, pageCount: number | null): FlatPlan {
  const places = placesOf(plan);
  const on = new Map<number, PlannedPage>();
  for (const { articleId, page, pageCount: length } of places) {
    if (page === null) continue;
    for (let number = page; number < page + (length ?? 1); number += 1) {
      const before = on.get(number) ?? { number, articleIds: [], first: false };
      on.set(number, {
        number,
        articleIds: [...before.articleIds, articleId],
        first: before.first || number === page,
      });
    }
  }
  const last = Math.max(0, ...on.keys());
  const total = pageCount ?? last;
  const pages = Array.from({ length: Math.max(total, last) }, (_, index) => {
    const number = index + 1;
    return on.get(number) ?? { number, articleIds: [], first: false };
  });
  return {
    spreads: spreadsOf(pages),
    used: on.size,
    total,
    findings: [
      ...gapsIn(pages),
      ...pages
        .filter(({ articleIds }) => articleIds.length > 1)
        .map(({ number, articleIds }) => ({ kind: 'overlap' as const, page: number, articleIds })),
      ...places.flatMap(({ articleId, page, pageCount: length }) => {
        const end = page === null ? 0 : page + (length ?? 1) - 1;
        return pageCount !== null && end > pageCount
          ? [{ kind: 'beyond' as const, articleId, page: end }]
          : [];
      }),
      ...unnumberedIn(plan),
    ],
  };
}

/** A finding in words; `titleOf` names an article. */
export function findingText(finding: Finding, titleOf: (articleId: string) => string): string {
  switch (finding.kind) {
    case 'gap':
      return finding.from === finding.to
        ? `Page ${finding.from} is empty.`
        : `Pages ${finding.from}–${finding.to} are empty.`;
    case 'overlap': {
      const count = finding.articleIds.length === 2 ? 'Two' : String(finding.articleIds.length);
      const titles = finding.articleIds.map((id) => `“${titleOf(id)}”`).join(' and ');
      return `${count} articles on page ${finding.page}: ${titles}.`;
    }
    case 'beyond':
      return `“${titleOf(finding.articleId)}” reaches page ${finding.page}, beyond the last.`;
    case 'unnumbered': {
      const [only] = finding.articleIds;
      return finding.articleIds.length === 1 && only
        ? `“${titleOf(only)}” has no page yet.`
        : `${finding.articleIds.length} articles have no page yet.`;
    }
  }
}

function spreadsOf(pages: PlannedPage[]): PlannedPage[][] {
  const spreads: PlannedPage[][] = [];
  for (const page of pages) {
    const open = spreads.at(-1);
    if (page.number % 2 === 1 && open && page.number > 1) open.push(page);
    else spreads.push([page]);
  }
  return spreads;
}

/** Runs of empty pages that lie between articles. */
function gapsIn(pages: PlannedPage[]): Finding[] {
  const taken = pages.filter(({ articleIds }) => articleIds.length > 0).map(({ number }) => number);
  return taken.flatMap((number, index) => {
    const next = taken[index + 1];
    return next !== undefined && next > number + 1
      ? [{ kind: 'gap' as const, from: number + 1, to: next - 1 }]
      : [];
  });
}

/** Where no article has a page, nobody began to number them. */
function unnumberedIn(plan: Plan): Finding[] {
  const places = placesOf(plan);
  const without = places.filter(({ page }) => page === null).map(({ articleId }) => articleId);
  if (without.length === 0 || without.length === places.length) return [];
  return [{ kind: 'unnumbered', articleIds: without }];
}
