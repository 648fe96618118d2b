'use client';

import { Menu } from '@base-ui/react/menu';
import { Fragment } from 'react';

export type MenuEntry = {
  name: string;
  act: () => void;
  /** Why it can't be pressed now. */
  not?: string | false;
};

/** A button with three points that opens what can be done with `about`, in groups. */
export function RowMenu({
  id,
  about,
  groups,
}: {
  id: string;
  about: string;
  groups: { label?: string; entries: MenuEntry[] }[];
}) {
  const item =
    'cursor-default px-3 py-1.5 outline-none select-none data-disabled:text-muted data-highlighted:bg-ink data-highlighted:text-paper';
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        id={id}
        aria-label={`Do something with ${about}`}
        className="grid size-9 place-items-center text-muted hover:text-accent"
      >
        <svg viewBox="0 0 16 16" className="size-4" fill="currentColor" aria-hidden="true">
          <circle cx="3" cy="8" r="1.5" />
          <circle cx="8" cy="8" r="1.5" />
          <circle cx="13" cy="8" r="1.5" />
        </svg>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={2} className="z-30">
          <Menu.Popup className="max-h-(--available-height) max-w-[min(22rem,var(--available-width))] min-w-48 overflow-y-auto border border-ink bg-paper py-1 font-sans text-[0.95rem] outline-none">
            {groups
              .filter(({ entries }) => entries.length > 0)
              .map(({ label, entries }, index) => (
                <Fragment key={label ?? index}>
                  {index > 0 && <Menu.Separator className="my-1 border-t border-rule" />}
                  <Menu.Group>
                    {label && (
                      <Menu.GroupLabel className="px-3 pt-1 text-[0.8rem] text-muted">
                        {label}
                      </Menu.GroupLabel>
                    )}
                    {entries.map(({ name, act, not }) => (
                      <Menu.Item key={name} className={item} disabled={Boolean(not)} onClick={act}>
                        <span className="wrap-anywhere">{name}</span>
                        {not && <span className="block text-[0.8rem]">{not}</span>}
                      </Menu.Item>
                    ))}
                  </Menu.Group>
                </Fragment>
              ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
