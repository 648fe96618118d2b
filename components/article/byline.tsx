import { Fragment } from 'react';
import { bylineVerbs, type Byline as Name } from '#lib/articles/rules.ts';

/** "by A and B, translated by C": every name links to its contributor. */
export function Byline({ bylines, className }: { bylines: Name[]; className?: string }) {
  if (bylines.length === 0) return null;
  return (
    <p className={className}>
      {groupsOf(bylines).map((group, index) => (
        <Fragment key={group.role}>
          {index > 0 && ', '}
          <span className="italic">{bylineVerbs[group.role]} </span>
          {group.names.map((name, position) => (
            <Fragment key={name.slug}>
              {position > 0 && (position === group.names.length - 1 ? ' and ' : ', ')}
              <a href={`/contributors/${name.slug}`} className="quiet-link" rel="author">
                {name.name}
              </a>
            </Fragment>
          ))}
        </Fragment>
      ))}
    </p>
  );
}

/** The same as plain text: for cards that are one link, for mails and for metadata. */
export function bylineText(bylines: Name[]): string {
  return groupsOf(bylines)
    .map(({ role, names }) => {
      const list = new Intl.ListFormat('en-GB').format(names.map((name) => name.name));
      return role === 'author' ? list : `${bylineVerbs[role]} ${list}`;
    })
    .join(', ');
}

function groupsOf(bylines: Name[]): { role: Name['role']; names: Name[] }[] {
  const groups: { role: Name['role']; names: Name[] }[] = [];
  for (const name of bylines) {
    const group = groups.find((other) => other.role === name.role);
    if (group) group.names.push(name);
    else groups.push({ role: name.role, names: [name] });
  }
  return groups;
}
