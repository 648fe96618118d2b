import type { ArticleCard } from '#lib/articles/rules.ts';
import type { Picture } from '#lib/media/rules.ts';

/** What a list shows of a published issue. */
export type IssueCard = {
  id: string;
  slug: string;
  volume: number | null;
  number: number;
  title: string;
  periodLabel: string;
  onSaleAt: Date;
  description: string;
  cover: Picture | null;
};

/** A published issue as its page shows it, its contents in the order of the printed pages. */
export type Issue = IssueCard & {
  coverArtist: { slug: string; name: string } | null;
  pageCount: number | null;
  contents: Department[];
  /** The article that opens the issue: the chosen one, else the first of the department "Editorial". */
  editorial: ArticleCard | null;
  previous: IssueCard | null;
  next: IssueCard | null;
};

export type Department = { name: string; articles: ArticleCard[] };

/** Groups articles, which come in the issue's order, under their departments in the order these first appear. */
export function departmentsOf(articles: ArticleCard[]): Department[] {
  const byName = new Map<string, ArticleCard[]>();
  for (const article of articles) {
    const name = article.department ?? '';
    byName.set(name, [...(byName.get(name) ?? []), article]);
  }
  return [...byName].map(([name, members]) => ({ name, articles: members }));
}

/** A year in which so many issues went on sale. */
export type ArchiveYear = { year: number; count: number };

/** How many issues the archive's first page shows at most. */
const archiveFits = 60;

/** Which of `years`, the newest first, stand whole on the archive's first page; the others have a page each. */
export function yearsInFront(years: ArchiveYear[]): ArchiveYear[] {
  let issues = 0;
  return years.filter(({ count }, index) => {
    issues += count;
    return index === 0 || issues <= archiveFits;
  });
}

export type IssueState = 'planned' | 'scheduled' | 'published';

export function issueState(issue: {
  publishedAt: Date | null;
  scheduledFor: Date | null;
}): IssueState {
  if (issue.publishedAt) return 'published';
  return issue.scheduledFor ? 'scheduled' : 'planned';
}

/** "Vol. 4, No. 14, Autumn 2026": how an issue is cited. */
export function issueLine(issue: {
  volume: number | null;
  number: number;
  periodLabel: string;
}): string {
  const volume = issue.volume === null ? [] : [`Vol. ${issue.volume}`];
  return [...volume, `No. ${issue.number}`, issue.periodLabel].join(', ');
}
