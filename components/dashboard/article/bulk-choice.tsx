'use client';

import { useId } from 'react';

type Input =
  | { kind: 'select'; name: string; label: string; options: { value: string; label: string }[] }
  | { kind: 'text' | 'date'; name: string; label: string };

/** Something that can be done to many, and what it has to be told. */
export type BulkAction = {
  value: string;
  label: string;
  inputs: Input[];
  /** Asked for a second time. */
  grave?: boolean;
};

/** What is to be done to the chosen ones, with the fields that it needs. */
export function BulkChoice({
  actions,
  chosen,
  choose,
}: {
  actions: BulkAction[];
  chosen: BulkAction | undefined;
  choose: (value: string) => void;
}) {
  const id = useId();
  return (
    <>
      <div>
        <label htmlFor={id} className="block text-[0.85rem] text-muted">
          Do this
        </label>
        <select
          id={id}
          name="what"
          value={chosen?.value ?? ''}
          onChange={(event) => choose(event.target.value)}
          className="field max-w-56"
        >
          <option value="">Choose …</option>
          {actions.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {chosen?.inputs.map((input) => (
        <div key={`${chosen.value} ${input.name}`}>
          <label htmlFor={`${id}-${input.name}`} className="block text-[0.85rem] text-muted">
            {input.label}
          </label>
          {input.kind === 'select' ? (
            <select id={`${id}-${input.name}`} name={input.name} className="field max-w-56">
              {input.options.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          ) : (
            <input
              id={`${id}-${input.name}`}
              name={input.name}
              type={input.kind}
              maxLength={60}
              className="field"
            />
          )}
        </div>
      ))}
    </>
  );
}
