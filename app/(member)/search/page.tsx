import type { Metadata } from 'next';
import { CardList, PageTitle } from '#app/_views/list.tsx';
import { search } from '#lib/reading/lists.ts';

export const metadata: Metadata = { title: 'Search', robots: { index: false } };

/** `/search?q=words&page=2`. Answered anew each time: its addresses are endless. */
export default async function Page({ searchParams }: PageProps<'/search'>) {
  const { q, page } = await searchParams;
  const terms = typeof q === 'string' ? q : '';
  const number = Math.min(Math.max(Number.parseInt(String(page), 10) || 1, 1), 500);
  const { articles, more } = await search(terms, number);
  const address = (to: number) => `/search?${new URLSearchParams({ q: terms, page: String(to) })}`;
  return (
    <div className="page">
      <PageTitle title="Search" />
      <form action="/search" className="mx-auto flex max-w-(--measure) gap-3">
        <label htmlFor="q" className="sr-only">
          Words to look for
        </label>
        <input
          id="q"
          name="q"
          type="search"
          defaultValue={terms}
          maxLength={200}
          className="field"
        />
        <button type="submit" className="button">
          Search
        </button>
      </form>
      {terms.trim() && (
        <CardList cards={articles} empty={`Nothing was found for “${terms.trim()}”.`} />
      )}
      {(number > 1 || more) && (
        <nav aria-label="More results" className="mt-10 flex justify-between">
          {number > 1 ? (
            <a href={address(number - 1)} className="link">
              Earlier results
            </a>
          ) : (
            <span />
          )}
          {more && (
            <a href={address(number + 1)} className="link">
              More results
            </a>
          )}
        </nav>
      )}
    </div>
  );
}
