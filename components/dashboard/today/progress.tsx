type Row = { name: string; articles: number; words: number; budget: number };

const count = (value: number) => new Intl.NumberFormat('en-GB').format(value);

/** How far an issue's articles are, and its words against those that are planned. */
export function TodayProgress({ rows }: { rows: Row[] }) {
  if (rows.length === 0) return null;
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  const budget = sum((row) => row.budget);
  return (
    <table className="mt-3 w-full text-[0.95rem]">
      <caption className="sr-only">How far the articles are</caption>
      <thead className="text-left text-[0.85rem] text-muted">
        <tr className="border-b border-ink">
          <th scope="col" className="py-1 font-normal">
            Articles
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            How many
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            Words
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, articles, words }) => (
          <tr key={name} className="border-b border-rule">
            <th scope="row" className="py-1 text-left font-normal">
              {name}
            </th>
            <td className="py-1 text-right tabular-nums">{count(articles)}</td>
            <td className="py-1 text-right tabular-nums">{count(words)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="py-1 text-left font-semibold">
            All
          </th>
          <td className="py-1 text-right font-semibold tabular-nums">
            {count(sum((row) => row.articles))}
          </td>
          <td className="py-1 text-right font-semibold tabular-nums">
            {count(sum((row) => row.words))}
            {budget > 0 && (
              <span className="block text-[0.85rem] font-normal text-muted">
                of {count(budget)} planned
              </span>
            )}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
