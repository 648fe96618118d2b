import { Panel } from '#components/dashboard/panel.tsx';
import type { PictureUse } from '#lib/media/rules.ts';

/** Where a picture stands, with the way there for who may go. */
export function MediaUses({ uses, hidden }: { uses: PictureUse[]; hidden: number }) {
  return (
    <Panel title="Where it is used">
      {uses.length + hidden === 0 && <p className="text-muted">Nowhere yet.</p>}
      <ul>
        {uses.map((use) => (
          <li
            key={`${use.kind} ${use.href} ${use.name}`}
            className="group relative border-b border-rule py-2"
          >
            {use.href ? (
              <a
                href={use.href}
                className="font-semibold wrap-anywhere after:absolute after:inset-0 group-hover:text-accent"
              >
                {use.name}
              </a>
            ) : (
              <p className="font-semibold wrap-anywhere">{use.name}</p>
            )}
            <p className="text-[0.9rem] text-muted">{use.note}</p>
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <p className="mt-2 text-[0.9rem] text-muted">
          {uses.length > 0 && 'And '}
          {hidden === 1 ? 'one article' : `${hidden} articles`} of others, in work.
        </p>
      )}
    </Panel>
  );
}
