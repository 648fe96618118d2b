import { LogLine } from '#components/dashboard/log-line.tsx';
import { type AuditEntry, actionName, changesOf, subjectAddress } from '#lib/audit/rules.ts';

/** Lines of the log: when, what was done to what, from what to what, and by whom. `zone`: an IANA name. */
export function AuditList({ entries, zone }: { entries: AuditEntry[]; zone: string }) {
  if (entries.length === 0) return <p className="text-muted">Nothing like this is on record.</p>;
  return (
    <ol>
      {entries.map((entry) => (
        <LogLine key={entry.id} at={entry.at}>
          <p>
            <span className="font-semibold">{actionName(entry.action)}</span>
            <SubjectLink entry={entry} />
          </p>
          <Changes entry={entry} zone={zone} />
          <p className="text-[0.9rem] text-muted">{entry.who}</p>
        </LogLine>
      ))}
    </ol>
  );
}

function SubjectLink({ entry: { subject, subjectName } }: { entry: AuditEntry }) {
  const address = subjectAddress(subject);
  if (!subjectName) return null;
  const name = subject.kind === 'order' ? `Order ${subjectName}` : subjectName;
  return (
    <>
      {': '}
      {address ? (
        <a href={address} className="link">
          {name}
        </a>
      ) : (
        name
      )}
    </>
  );
}

function Changes({ entry, zone }: { entry: AuditEntry; zone: string }) {
  // What it is called stands above already.
  const changes = changesOf(entry.detail, zone, entry.names).filter(
    ({ text }) => text !== `“${entry.subjectName}”`,
  );
  if (changes.length === 0) return null;
  return (
    <ul className="text-[0.95rem]">
      {changes.map(({ name, text }, index) => (
        <li key={index}>
          {name && <span className="text-muted">{name}: </span>}
          {text}
        </li>
      ))}
    </ul>
  );
}
