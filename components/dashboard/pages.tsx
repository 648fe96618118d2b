/** The way through a list that is longer than a page; nothing for one that isn't. */
export function Pages({
  page,
  pages,
  address,
  names: [before, after],
}: {
  page: number;
  pages: number;
  /** The list's address at a page, its filters kept. */
  address: (page: number) => string;
  /** What lies before and behind this page: "Newer orders", "Older orders". */
  names: [before: string, after: string];
}) {
  if (pages <= 1) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex gap-6">
      {page > 1 && (
        <a href={address(page - 1)} className="link inline-block py-2">
          {before}
        </a>
      )}
      {page < pages && (
        <a href={address(page + 1)} className="link inline-block py-2">
          {after}
        </a>
      )}
    </nav>
  );
}
