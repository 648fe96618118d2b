import type { ArticleState } from '#lib/articles/rules.ts';
import type { DeskFilters } from '#lib/publishing/desk.ts';

export const states: ArticleState[] = ['draft', 'scheduled', 'published'];

/** The names of the list's filters, as they stand in its address. */
export const filterNames = ['q', 'state', 'section', 'issue', 'mine'] as const;

/** What the list of articles is asked for; unknown values ask for nothing. */
export function deskFilters(value: (name: string) => string): Omit<DeskFilters, 'page'> {
  const state = states.find((known) => known === value('state'));
  return {
    ...(state ? { state } : {}),
    sectionId: value('section'),
    issueId: value('issue'),
    mine: value('mine') === 'on',
    search: value('q'),
  };
}
