'use client';

import { useDraggable } from '@dnd-kit/core';
import { type ReactNode, useState } from 'react';
import type { Dragged } from '#components/dashboard/issue/drag.ts';
import { Grip, SlotLine } from '#components/dashboard/issue/grip.tsx';
import { wordsText } from '#components/dashboard/issue/marks.tsx';
import { type MenuEntry, RowMenu } from '#components/dashboard/issue/menu.tsx';
import { NameForm } from '#components/dashboard/issue/name.tsx';

/** One department under its own heading, with its articles in order; `children` are their rows. */
export function BoardDepartment({
  name,
  index,
  count,
  words,
  entries,
  problem,
  onRename,
  children,
}: {
  name: string;
  index: number;
  count: number;
  words: number;
  entries: MenuEntry[];
  problem: (name: string) => string | null;
  onRename: (name: string) => void;
  children: ReactNode;
}) {
  const [naming, setNaming] = useState(false);
  const dragged: Dragged = { kind: 'department', name, index };
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: `department ${name}`,
    data: dragged,
  });
  return (
    <section
      ref={setNodeRef}
      aria-label={name}
      className={`mb-5 ${isDragging ? 'opacity-40' : ''}`}
    >
      <SlotLine
        id={`department-slot ${index}`}
        target={{ kind: 'department-slot', index, text: `before ${name}` }}
      />
      <header className="flex items-center gap-x-2 border-b border-ink pr-0.5">
        <Grip
          about={`the department ${name}`}
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
        />
        <h3 className="label min-w-0 flex-1 wrap-anywhere text-accent">{name}</h3>
        <p className="text-[0.85rem] text-muted max-sm:sr-only">
          {count === 0
            ? 'empty'
            : `${count === 1 ? '1 article' : `${count} articles`}, ${wordsText(words)}`}
        </p>
        <RowMenu
          id={`department-menu-${index}`}
          about={`the department ${name}`}
          groups={[{ entries: [{ name: 'Rename', act: () => setNaming(true) }] }, { entries }]}
        />
      </header>
      {naming && (
        <NameForm
          label={`New name of ${name}`}
          initial={name}
          button="Rename"
          problem={problem}
          onName={(next) => {
            setNaming(false);
            if (next !== name) onRename(next);
          }}
          onCancel={() => setNaming(false)}
        />
      )}
      <ol>{children}</ol>
      {count === 0 && (
        <p className="py-3 pl-9 text-[0.9rem] text-muted">Nothing stands here yet.</p>
      )}
      <SlotLine
        id={`slot ${name} ${count}`}
        target={{
          kind: 'slot',
          slot: { department: name, index: count },
          text: count === 0 ? `in ${name}` : `at the end of ${name}`,
        }}
      />
    </section>
  );
}
