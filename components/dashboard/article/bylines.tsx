'use client';

import { useState } from 'react';
import { FieldMessage } from '#components/dashboard/action-form.tsx';
import { type BylineRole, bylineRoles } from '#lib/articles/rules.ts';

type Row = { key: number; contributorId: string; role: BylineRole };

/** Who made the text, in the order in which the byline names them. */
export function BylineFields({
  initial,
  contributors,
}: {
  initial: { contributorId: string; role: BylineRole }[];
  contributors: { id: string; name: string }[];
}) {
  const [rows, setRows] = useState<Row[]>(initial.map((byline, key) => ({ ...byline, key })));
  const change = (key: number, part: Partial<Row>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = () =>
    setRows((before) => [
      ...before,
      {
        key: Math.max(-1, ...before.map((row) => row.key)) + 1,
        contributorId: contributors[0]?.id ?? '',
        role: 'author',
      },
    ]);
  return (
    <fieldset className="mt-6" aria-describedby="bylines-error">
      <legend className="text-[0.9rem] font-semibold">Bylines</legend>
      {rows.map((row, index) => (
        <div key={row.key} className="mt-4 flex flex-wrap gap-2">
          <select
            name="bylineContributor"
            aria-label={`Name ${index + 1}`}
            value={row.contributorId}
            onChange={(event) => change(row.key, { contributorId: event.target.value })}
            className="field min-w-0 flex-[1_1_15rem]"
          >
            {contributors.map((contributor) => (
              <option key={contributor.id} value={contributor.id}>
                {contributor.name}
              </option>
            ))}
          </select>
          <select
            name="bylineRole"
            aria-label={`Role of name ${index + 1}`}
            value={row.role}
            onChange={(event) => change(row.key, { role: event.target.value as BylineRole })}
            className="field min-w-0 flex-[1_1_8rem]"
          >
            {bylineRoles.map((role) => (
              <option key={role}>{role}</option>
            ))}
          </select>
          <button
            type="button"
            className="button button-quiet"
            onClick={() => setRows((before) => before.filter((other) => other.key !== row.key))}
          >
            Remove<span className="sr-only"> name {index + 1}</span>
          </button>
        </div>
      ))}
      {contributors.length > 0 ? (
        <button type="button" className="button button-quiet mt-4" onClick={add}>
          Add a name
        </button>
      ) : (
        <p className="mt-1 text-muted">
          There is nobody to name yet: an editor adds people under Contributors.
        </p>
      )}
      <FieldMessage name="bylines" />
    </fieldset>
  );
}
