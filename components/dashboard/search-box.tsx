'use client';

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { grouped, pagesLike, type SearchResult } from '#components/dashboard/search-results.ts';
import { useSearch } from '#components/dashboard/use-search.ts';

type Place = { href: string; name: string };

/**
 * Search over the whole office: results while typing, chosen by mouse or by arrows and Enter; Enter alone opens the page
 * with all of them. `/` and Ctrl-K lead here from everywhere but the editor's text.
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function SearchBox({ places }: { places: Place[] }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const state = useSearch(typed);
  useShortcut(input);

  const found = state.kind === 'found' ? state.results : [];
  const options = [...pagesLike(places, typed), ...found];
  const shown = isOpen && typed.trim().length >= 2;
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      // One place more than there are options: the field itself, where Enter asks for all.
      const places = options.length + 1;
      const step = key === 'ArrowDown' ? 1 : -1;
      setActive(((active + 1 + step + places) % places) - 1);
    } else if (key === 'Enter' && shown && options[active]) {
      event.preventDefault();
      location.assign(options[active].href);
    } else if (key === 'Escape' && shown) {
      event.preventDefault();
      close();
    }
  };
  const told =
    state.kind === 'failed'
      ? 'The search can’t be reached. Press Enter to try again.'
      : state.kind === 'found'
        ? options.length === 0
          ? 'Nothing found.'
          : `${options.length} results. Enter shows all.`
        : 'Searching…';
  return (
    <search className="relative mt-3 block">
      <form
        action="/dashboard/search"
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) close();
        }}
      >
        <label htmlFor={`${id}-input`} className="sr-only">
          Search the office
        </label>
        <input
          ref={input}
          id={`${id}-input`}
          name="q"
          type="search"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
          aria-keyshortcuts="/ Control+K"
          autoComplete="off"
          placeholder="Search  /"
          maxLength={100}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(-1);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={onKeyDown}
          className="field"
        />
        <div
          hidden={!shown}
          className="absolute top-full right-0 left-0 z-20 mt-1 border border-ink bg-paper p-3 lg:right-auto lg:w-[28rem]"
        >
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label="Results"
            className="max-h-[60vh] overflow-y-auto"
          >
            <Options id={id} options={options} active={active} />
          </div>
          <p role="status" className="text-[0.85rem] text-muted">
            {shown && told}
          </p>
        </div>
      </form>
    </search>
  );
}

function Options({ id, options, active }: { id: string; options: SearchResult[]; active: number }) {
  return grouped(options).map(([name, results]) => (
    // biome-ignore lint/a11y/useSemanticElements: no element is a group of options but a select's.
    <div key={name} role="group" aria-label={name} className="mb-3">
      <p aria-hidden className="label text-muted">
        {name}
      </p>
      {results.map((result) => {
        const at = options.indexOf(result);
        return (
          <a
            key={result.href + result.name}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            tabIndex={-1}
            href={result.href}
            ref={(element) => {
              if (at === active) element?.scrollIntoView({ block: 'nearest' });
            }}
            className="block border-b border-rule px-2 py-1.5 outline-none hover:bg-raised aria-selected:bg-ink aria-selected:text-paper"
          >
            <span className="block font-semibold wrap-anywhere">{result.name}</span>
            {result.note && (
              <span className="block text-[0.85rem] wrap-anywhere opacity-80">{result.note}</span>
            )}
          </a>
        );
      })}
    </div>
  ));
}

/** `/` outside of fields, and Ctrl-K or ⌘K everywhere but in text that is being written, go to the field. */
function useShortcut(input: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey, altKey } = event;
      if (event.defaultPrevented || altKey || !(target instanceof HTMLElement)) return;
      if (target.isContentEditable) return;
      const inField = /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      const isSlash = key === '/' && !ctrlKey && !metaKey && !inField;
      const isK = key.toLowerCase() === 'k' && (ctrlKey || metaKey);
      if (!isSlash && !isK) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
}
