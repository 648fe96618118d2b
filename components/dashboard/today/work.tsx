import { State } from '#components/dashboard/heading.tsx';

type Line = {
  key: string;
  href: string;
  name: string;
  note: string;
  /** A word for what stands out: "late". */
  mark?: string | undefined;
};

/** What somebody has to see to, a line each; what is late says so in a word. */
export function TodayWork({ lines, none }: { lines: Line[]; none: string }) {
  if (lines.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <ul>
      {lines.map(({ key, href, name, note, mark }) => (
        <li key={key} className="group relative border-b border-rule py-2">
          <p className="flex items-baseline justify-between gap-x-3">
            <a
              href={href}
              className="min-w-0 font-semibold wrap-anywhere after:absolute after:inset-0 group-hover:text-accent"
            >
              {name}
            </a>
            {mark && <State strong>{mark}</State>}
          </p>
          <p className="text-[0.9rem] wrap-anywhere text-muted">{note}</p>
        </li>
      ))}
    </ul>
  );
}
