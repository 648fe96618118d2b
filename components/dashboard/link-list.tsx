/** Short lines that each lead somewhere; the whole line is the target. */
export function LinkList({
  links,
  none,
}: {
  links: { href: string; name: string; note: string }[];
  none: string;
}) {
  if (links.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <ul>
      {links.map(({ href, name, note }) => (
        <li key={href} className="group relative border-b border-rule py-2">
          <a
            href={href}
            className="font-semibold wrap-anywhere after:absolute after:inset-0 group-hover:text-accent"
          >
            {name}
          </a>
          <p className="text-[0.9rem] wrap-anywhere text-muted">{note}</p>
        </li>
      ))}
    </ul>
  );
}
