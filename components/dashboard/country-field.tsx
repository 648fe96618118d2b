'use client';

import { useId, useRef, useState } from 'react';
import { FieldMessage } from '#components/dashboard/action-form.tsx';
import { matchesCountry, restOfWorld } from '#lib/postage/rules.ts';

/** `zone`: the other zone that it lies in now. */
type Country = { code: string; name: string; zone: string | null };

/**
 * The countries of a zone: those it has, and a list of all to tick, which typing narrows and Enter takes the first of. The
 * form sends `country` once for each.
 */
export function CountryField({
  countries,
  initial,
  restZone,
}: {
  countries: Country[];
  initial: string[];
  /** The other zone that is the rest of the world now. */
  restZone: string | null;
}) {
  const [chosen, setChosen] = useState(new Set(initial));
  const [told, setTold] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const set = ({ code, name }: Pick<Country, 'code' | 'name'>, isIn: boolean) => {
    setChosen((before) => {
      const after = new Set(before);
      if (isIn) after.add(code);
      else after.delete(code);
      return after;
    });
    setTold(`${name} is ${isIn ? 'in this zone' : 'not in this zone any more'}, once saved.`);
  };
  return (
    <fieldset className="mt-8">
      <legend className="text-lg font-semibold">Countries</legend>
      <label className="mt-2 flex min-h-8 items-baseline gap-2">
        <input
          type="checkbox"
          checked={chosen.has(restOfWorld)}
          onChange={(event) =>
            set({ code: restOfWorld, name: 'The rest of the world' }, event.target.checked)
          }
        />
        <span>
          The rest of the world: every country that no zone names
          <Whence zone={restZone} isIn={chosen.has(restOfWorld)} />
        </span>
      </label>
      <Chosen
        countries={countries.filter(({ code }) => chosen.has(code))}
        remove={(country) => {
          set(country, false);
          search.current?.focus();
        }}
      />
      <CountrySearch countries={countries} chosen={chosen} set={set} search={search} />
      <p role="status" className="mt-1 min-h-6 text-[0.85rem] text-muted">
        {told}
      </p>
      {[...chosen].map((code) => (
        <input key={code} type="hidden" name="country" value={code} />
      ))}
      <FieldMessage name="countries" />
    </fieldset>
  );
}

function Chosen({
  countries,
  remove,
}: {
  countries: Country[];
  remove: (country: Country) => void;
}) {
  if (countries.length === 0) return null;
  return (
    <ul aria-label="In this zone" className="mt-2 flex flex-wrap gap-2">
      {countries.map((country) => (
        <li key={country.code} className="max-w-full">
          <button
            type="button"
            onClick={() => remove(country)}
            className="group flex min-h-8 max-w-full items-center gap-2 border border-rule bg-raised px-2 text-left text-[0.9rem] hover:border-accent"
          >
            <span className="sr-only">Remove </span>
            <span className="min-w-0 wrap-anywhere">{country.name}</span>
            <span aria-hidden="true" className="text-muted group-hover:text-accent">
              ×
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function CountrySearch({
  countries,
  chosen,
  set,
  search,
}: {
  countries: Country[];
  chosen: Set<string>;
  set: (country: Country, isIn: boolean) => void;
  search: React.RefObject<HTMLInputElement | null>;
}) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const found = countries.filter((country) => matchesCountry(country, typed));
  const takeFirst = () => {
    const first = found.find(({ code }) => !chosen.has(code));
    if (!first || typed.trim() === '') return;
    set(first, true);
    setTyped('');
  };
  return (
    <div className="mt-4">
      <label htmlFor={id} className="block text-[0.9rem] font-semibold">
        Find a country
      </label>
      <input
        ref={search}
        id={id}
        type="search"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // Enter takes a country here; the form is sent by its button.
          event.preventDefault();
          takeFirst();
        }}
        aria-describedby={`${id}-hint`}
        className="field mt-1 max-w-sm"
      />
      <p id={`${id}-hint`} className="mt-1 text-[0.85rem] text-muted">
        Enter takes the first that fits. A country lies in one zone: taken here, it leaves the
        other.
      </p>
      {found.length === 0 ? (
        <p className="mt-2 text-muted">No country is called that.</p>
      ) : (
        <ul
          aria-label="Countries to choose from"
          className="mt-2 grid max-h-72 gap-x-4 overflow-y-auto border border-rule p-2 sm:grid-cols-2"
        >
          {found.map((country) => (
            <li key={country.code} className="min-w-0">
              <label className="flex min-h-8 items-baseline gap-2 py-1">
                <input
                  type="checkbox"
                  checked={chosen.has(country.code)}
                  onChange={(event) => set(country, event.target.checked)}
                />
                <span className="min-w-0 wrap-anywhere">
                  {country.name}
                  <Whence zone={country.zone} isIn={chosen.has(country.code)} />
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** In which other zone it lies, and that it leaves it. */
function Whence({ zone, isIn }: { zone: string | null; isIn: boolean }) {
  if (!zone) return null;
  return (
    <span className={isIn ? 'text-accent' : 'text-muted'}>
      {isIn ? `, comes from “${zone}”` : `, now in “${zone}”`}
    </span>
  );
}
