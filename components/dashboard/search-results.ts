/** Something that the office's search found, as it comes over the wire. */
export type SearchResult = { kind: string; href: string; name: string; note: string };

/** What a kind's results stand under. */
export const searchGroups: Record<string, string> = {
  page: 'Pages',
  article: 'Articles',
  issue: 'Issues',
  contributor: 'Contributors',
  media: 'Pictures',
  order: 'Orders',
  person: 'People',
  section: 'Sections',
  topic: 'Topics',
  series: 'Series',
  redirect: 'Redirects',
};

/** The dashboard's own pages whose name begins with what was typed, as results. */
export function pagesLike(
  places: readonly { href: string; name: string }[],
  typed: string,
): SearchResult[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted.length < 2) return [];
  return places
    .filter(({ name }) => name.toLowerCase().startsWith(wanted))
    .map(({ href, name }) => ({ kind: 'page', href, name, note: 'A page of the dashboard' }));
}

/** Results under their groups, in the order in which they came. */
export function grouped<T extends SearchResult>(results: readonly T[]): [name: string, T[]][] {
  const byKind = Map.groupBy(results, ({ kind }) => kind);
  return [...byKind].map(([kind, found]) => [searchGroups[kind] ?? kind, found]);
}
