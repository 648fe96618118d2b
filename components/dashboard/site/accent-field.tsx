'use client';

import { useState } from 'react';
import { TextField } from '#components/dashboard/action-form.tsx';
import { accentContrast, leastContrast, type papers } from '#lib/publication/rules.ts';

/** One of the two colours, as six digits, with what its contrast comes to while it is typed. */
export function AccentField({
  name,
  paper,
  initial,
}: {
  name: 'accentLight' | 'accentDark';
  paper: keyof typeof papers;
  initial: string | null;
}) {
  const [colour, setColour] = useState(initial ?? '');
  const typed = colour.trim().toLowerCase();
  const contrast = /^#[0-9a-f]{6}$/.test(typed) ? accentContrast(typed, paper) : null;
  return (
    <div onInput={(event) => setColour((event.target as HTMLInputElement).value)}>
      <TextField
        name={name}
        label={`On ${paper} paper`}
        hint="As # and six digits. Left empty, the site’s own red."
        defaultValue={initial ?? ''}
      />
      <p className="mt-1 flex min-h-6 items-center gap-2 text-[0.85rem]" aria-live="polite">
        {contrast !== null && (
          <>
            <Swatch colour={typed} paper={paper} />
            {`Contrast ${(Math.floor(contrast * 10) / 10).toFixed(1)} to 1: `}
            {contrast >= leastContrast
              ? 'good to read.'
              : `too little, words need ${leastContrast}.`}
          </>
        )}
      </p>
    </div>
  );
}

function Swatch({ colour, paper }: { colour: string; paper: keyof typeof papers }) {
  return (
    <svg
      viewBox="0 0 48 24"
      aria-hidden="true"
      className={`h-6 w-12 border border-rule ${paper === 'light' ? 'bg-[#fcfaf5]' : 'bg-[#151618]'}`}
    >
      <rect x="8" y="6" width="32" height="12" fill={colour} />
    </svg>
  );
}
