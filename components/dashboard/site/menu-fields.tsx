'use client';

import { useState } from 'react';
import { FieldMessage } from '#components/dashboard/action-form.tsx';
import { SortableList } from '#components/dashboard/sortable-list.tsx';
import { longestMenu, type MenuItem } from '#lib/publication/rules.ts';

type Row = MenuItem & { key: string };

/**
 * The lines of a menu, or the word that the site makes it itself. The form sends `{name}Own`, and `{name}Label` and
 * `{name}Href` once a line. `automatic`: what the site would show, to begin from.
 */
export function MenuFields({
  name,
  legend,
  initial,
  automatic,
}: {
  name: 'mainMenu' | 'footerMenu';
  legend: string;
  initial: MenuItem[] | null;
  automatic: MenuItem[];
}) {
  const [own, setOwn] = useState(initial !== null);
  const [rows, setRows] = useState<Row[]>(
    (initial ?? automatic).map((item, index) => ({ ...item, key: `${name}-${index}` })),
  );
  const set = (key: string, part: Partial<MenuItem>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = () =>
    setRows((before) => [...before, { key: `${name}-${Date.now()}`, label: '', href: '' }]);
  return (
    <fieldset className="mb-8" aria-describedby={`${name}-error`}>
      <legend className="mb-2 w-full border-b border-rule pb-1 text-xl font-semibold">
        {legend}
      </legend>
      <div className="flex flex-wrap gap-x-6">
        {[false, true].map((choice) => (
          <label key={String(choice)} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name={`${name}Own`}
              value={choice ? 'own' : ''}
              checked={own === choice}
              onChange={() => setOwn(choice)}
            />
            {choice ? 'These lines' : 'The site’s own: sections in their order'}
          </label>
        ))}
      </div>
      {own && (
        <div className="mt-3">
          <SortableList
            items={rows.map(({ key, label }, index) => ({
              id: key,
              name: label || `line ${index + 1}`,
            }))}
            onOrder={(keys) =>
              setRows((before) =>
                keys.flatMap((key) => before.find((row) => row.key === key) ?? []),
              )
            }
          >
            {(key, index) => {
              const row = rows[index];
              return (
                <div className="flex flex-wrap gap-2">
                  <input
                    name={`${name}Label`}
                    aria-label={`Name of line ${index + 1}`}
                    placeholder="Name"
                    value={row?.label ?? ''}
                    onChange={(event) => set(key, { label: event.target.value })}
                    className="field min-w-0 flex-[1_1_8rem]"
                  />
                  <input
                    name={`${name}Href`}
                    aria-label={`Address of line ${index + 1}`}
                    placeholder="/issues or https://…"
                    value={row?.href ?? ''}
                    onChange={(event) => set(key, { href: event.target.value })}
                    className="field min-w-0 flex-[2_1_11rem]"
                  />
                  <button
                    type="button"
                    className="button button-quiet"
                    onClick={() => setRows((before) => before.filter((one) => one.key !== key))}
                  >
                    Remove<span className="sr-only"> line {index + 1}</span>
                  </button>
                </div>
              );
            }}
          </SortableList>
          <button
            type="button"
            className="button button-quiet mt-3"
            onClick={add}
            disabled={rows.length >= longestMenu}
          >
            Add a line
          </button>
          {rows.length >= longestMenu && (
            <p className="mt-1 text-[0.85rem] text-muted">{longestMenu} lines at most.</p>
          )}
        </div>
      )}
      <FieldMessage name={name} />
    </fieldset>
  );
}
