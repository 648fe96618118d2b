/** How often one page was read in the quarter of an hour that began at `at` (ISO, UTC), as an instance counted it. */
export type Reads = { at: string; kind: 'article' | 'issue'; slug: string; count: number };

/** No time zone's day begins within one, so that a day can be told by them wherever the publication is. */
const quarter = 15 * 60_000;

/** When the quarter of an hour began that holds an instant, and when it ends, in milliseconds. */
export function quarterOf(instant: Date): { at: string; ends: number } {
  const began = Math.floor(instant.getTime() / quarter) * quarter;
  return { at: new Date(began).toISOString(), ends: began + quarter };
}

/** What counts of a request, as its headers stand there. */
export type ReadHeaders = {
  'user-agent'?: string | undefined;
  'sec-purpose'?: string | string[] | undefined;
  purpose?: string | string[] | undefined;
  'x-moz'?: string | string[] | undefined;
  'sec-fetch-dest'?: string | string[] | undefined;
};

/**
 * Whether a browser asked for this page to show it: not ahead of a click that may never come, and not from within
 * another page. https://wicg.github.io/nav-speculation/prefetch.html#sec-purpose-header
 */
export function isShown(headers: ReadHeaders): boolean {
  const { purpose, 'sec-purpose': ahead, 'x-moz': older, 'sec-fetch-dest': place } = headers;
  if (place !== undefined && place !== 'document') return false;
  return ahead === undefined && purpose !== 'prefetch' && older !== 'prefetch';
}

/** The article or issue of a public page's path; `null` for every other page. */
export function subjectOf(path: string): Pick<Reads, 'kind' | 'slug'> | null {
  const [, kind, slug] = /^\/(article|issue)s\/([a-z0-9-]+)$/.exec(path) ?? [];
  return kind && slug ? { kind: kind as Reads['kind'], slug } : null;
}
