'use client';

import { type PlotBar, PlotBars } from '#components/dashboard/today/plot-bars.tsx';

/**
 * A plot under its name and its sum, with the same numbers as a table beside it. `columns` name the table's columns, the
 * first for the step; `rows` are its cells, one row for each bar. A client component, so that a page carries its numbers
 * once and not as elements too.
 */
export function Plot({
  name,
  sum,
  note,
  bars,
  columns,
  rows,
  decimals = false,
}: {
  name: string;
  sum: string;
  note: string;
  bars: PlotBar[];
  columns: string[];
  rows: string[][];
  /** The axis may count in parts of one: money does, orders don't. */
  decimals?: boolean;
}) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2">
        <h3 className="font-semibold">{name}</h3>
        <span className="block text-2xl leading-tight font-semibold">{sum}</span>
        <span className="text-[0.9rem] text-muted">{note}</span>
      </figcaption>
      <PlotBars bars={bars} decimals={decimals} />
      <details className="mt-1 text-[0.9rem]">
        <summary className="w-fit cursor-pointer py-1 text-muted pointer-coarse:py-3">
          As a table<span className="sr-only">: {name}</span>
        </summary>
        <table className="w-full">
          <caption className="sr-only">{name}</caption>
          <thead className="text-left text-muted">
            <tr className="border-b border-ink">
              {columns.map((column, at) => (
                <th key={column} scope="col" className={cell(at)}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...rest]) => (
              <tr key={first} className="border-b border-rule">
                <th scope="row" className={cell(0)}>
                  {first}
                </th>
                {rest.map((text, at) => (
                  <td key={at} className={cell(at + 1)}>
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function cell(at: number): string {
  return `py-1 font-normal ${at === 0 ? 'pr-3 text-left' : 'pl-3 text-right tabular-nums'}`;
}
