import type { ReactNode } from 'react';
import { actionName } from '#lib/audit/rules.ts';

/** What of the log is shown. A plain form, so that an address says what it shows. */
export function AuditFilters({
  given,
  choices,
}: {
  given: Record<string, string>;
  choices: { people: { id: string; name: string }[]; actions: string[]; kinds: string[] };
}) {
  const actions = choices.actions
    .map((action) => ({ value: action, label: actionName(action) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  return (
    <form className="mb-6 flex flex-wrap items-end gap-3" aria-label="Filters">
      {given['subject'] && <input type="hidden" name="subject" value={given['subject']} />}
      <Filter name="who" label="Who" given={given['who']}>
        <option value="system">the system</option>
        {choices.people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Filter>
      <Filter name="action" label="What" given={given['action']}>
        {actions.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Filter>
      <Filter name="kind" label="To what" given={given['kind']}>
        {choices.kinds.map((kind) => (
          <option key={kind}>{kind}</option>
        ))}
      </Filter>
      <Day name="from" label="From day" given={given['from']} />
      <Day name="to" label="To day" given={given['to']} />
      <button type="submit" className="button button-quiet">
        Show
      </button>
      {Object.keys(given).length > 0 && (
        <a href="/dashboard/audit" className="link inline-block py-2">
          Show everything
        </a>
      )}
    </form>
  );
}

function Filter({
  name,
  label,
  given,
  children,
}: {
  name: string;
  label: string;
  given: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="min-w-0 max-w-full">
      <label htmlFor={`filter-${name}`} className="block text-[0.85rem] text-muted">
        {label}
      </label>
      <select
        id={`filter-${name}`}
        name={name}
        defaultValue={given ?? ''}
        className="field w-auto max-w-60"
      >
        <option value="">all</option>
        {children}
      </select>
    </div>
  );
}

function Day({ name, label, given }: { name: string; label: string; given: string | undefined }) {
  return (
    <div>
      <label htmlFor={`filter-${name}`} className="block text-[0.85rem] text-muted">
        {label}
      </label>
      <input
        id={`filter-${name}`}
        name={name}
        type="date"
        defaultValue={given ?? ''}
        className="field w-auto"
      />
    </div>
  );
}
