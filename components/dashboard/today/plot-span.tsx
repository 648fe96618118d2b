/** How far back the plots look: links, so that an address keeps the choice. */
export function PlotSpan({
  spans,
  current,
}: {
  spans: { value: string; name: string }[];
  current: string;
}) {
  return (
    <nav aria-label="How far back" className="flex flex-wrap gap-x-4">
      {spans.map(({ value, name }) => (
        <a
          key={value}
          href={`/dashboard?span=${value}#figures`}
          aria-current={value === current ? 'true' : undefined}
          className="quiet-link inline-block py-1 aria-[current]:font-semibold aria-[current]:underline aria-[current]:underline-offset-4"
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
