'use client';

import { useState } from 'react';

/** A small field for a whole number or none, kept when it is left or Enter is pressed. */
export function NumberCell({
  label,
  about,
  value,
  max,
  onChange,
}: {
  label: string;
  about: string;
  value: number | null;
  max: number;
  onChange: (value: number | null) => void;
}) {
  const [wrong, setWrong] = useState(false);
  const keep = (text: string) => {
    const typed = text.trim();
    const number = Number(typed);
    const fits = typed === '' || (/^\d+$/.test(typed) && number >= 1 && number <= max);
    setWrong(!fits);
    const next = typed === '' ? null : number;
    if (fits && next !== value) onChange(next);
  };
  return (
    <label className="inline-flex items-baseline gap-1 text-[0.85rem] text-muted">
      <span aria-hidden="true">{label}</span>
      <span className="sr-only">
        {label} of {about}
      </span>
      <input
        key={value}
        defaultValue={value ?? ''}
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={wrong || undefined}
        title={wrong ? `A whole number from 1 to ${max}` : undefined}
        onBlur={(event) => keep(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep(event.currentTarget.value);
          if (event.key === 'Escape') event.currentTarget.value = String(value ?? '');
        }}
        className="h-7 w-14 pointer-coarse:h-11 border border-rule bg-paper px-1.5 text-ink lining-nums hover:border-muted aria-invalid:border-2 aria-invalid:border-accent"
      />
    </label>
  );
}
