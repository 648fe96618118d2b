'use client';

import { useState } from 'react';
import { FieldMessage } from '#components/dashboard/action-form.tsx';
import type { SocialLink } from '#lib/publication/rules.ts';

type Row = SocialLink & { key: number };

/** The magazine's places elsewhere, in the order in which the foot of every page names them. */
export function SocialLinkFields({ initial }: { initial: SocialLink[] }) {
  const [rows, setRows] = useState<Row[]>(initial.map((link, key) => ({ ...link, key })));
  const add = () =>
    setRows((before) => [
      ...before,
      { key: Math.max(-1, ...before.map((row) => row.key)) + 1, label: '', url: '' },
    ]);
  return (
    <fieldset aria-describedby="socialLinks-error">
      <legend className="text-[0.9rem] font-semibold">Links to places elsewhere</legend>
      {rows.map((row, index) => (
        <div key={row.key} className="mt-2 flex flex-wrap gap-2 max-sm:mt-5">
          <input
            name="linkLabel"
            aria-label={`Label of link ${index + 1}`}
            placeholder="Label"
            defaultValue={row.label}
            className="field max-w-48"
          />
          <input
            name="linkUrl"
            type="url"
            aria-label={`Address of link ${index + 1}`}
            placeholder="https://…"
            defaultValue={row.url}
            className="field min-w-0 flex-[1_1_16rem]"
          />
          <button
            type="button"
            className="button button-quiet"
            onClick={() => setRows((before) => before.filter(({ key }) => key !== row.key))}
          >
            Remove<span className="sr-only"> link {index + 1}</span>
          </button>
        </div>
      ))}
      <button type="button" className="button button-quiet mt-2 max-sm:mt-5" onClick={add}>
        Add a link
      </button>
      <FieldMessage name="socialLinks" />
    </fieldset>
  );
}
