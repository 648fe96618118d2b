/** Things by a number, the highest first: a line each, the number at its end. */
export function PlotTop({
  name,
  rows,
  none,
}: {
  name: string;
  rows: { href: string; title: string; text: string }[];
  none: string;
}) {
  return (
    <div className="min-w-0">
      <h3 className="mb-2 font-semibold">{name}</h3>
      {rows.length === 0 && <p className="text-muted">{none}</p>}
      <ol>
        {rows.map(({ href, title, text }) => (
          <li
            key={href}
            className="group relative flex items-baseline justify-between gap-x-4 border-b border-rule py-1.5"
          >
            <a
              href={href}
              className="min-w-0 wrap-anywhere after:absolute after:inset-0 group-hover:text-accent"
            >
              {title}
            </a>
            <span className="whitespace-nowrap text-muted tabular-nums">{text}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
