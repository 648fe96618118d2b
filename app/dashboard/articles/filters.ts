import type { ArticleState } from '#lib/articles/rules.ts';
import type { DeskFilters } from '#lib/publishing/desk.ts';
import { standings } from '#lib/workflow/rules.ts';

const states: ArticleState[] = ['draft', 'scheduled', 'published'];

/** The names of the list's filters, as they stand in its address. */
export const filterNames = [
  'q',
  'stage',
  'state',
  'section',
  'issue',
  'mine',
  'assigned',
  'late',
] as const;

/** What the list of articles is asked for; unknown values ask for nothing. */
export function deskFilters(value: (name: string) => string): Omit<DeskFilters, 'page'> {
  const state = states.find((known) => known === value('state'));
  const standing = standings.find((known) => known === value('stage'));
  return {
    ...(state ? { state } : {}),
    ...(standing ? { standing } : {}),
    assigned: value('assigned') === 'on',
    late: value('late') === 'on',
    sectionId: value('section'),
    issueId: value('issue'),
    mine: value('mine') === 'on',
    search: value('q'),
  };
}
