'use client';

import {
  type Announcements,
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { type ReactNode, useEffect, useId, useRef } from 'react';

type Item = { id: string; name: string };
type Direction = 'up' | 'down';

/**
 * A list whose order is changed by dragging, by the keys at a row's handle, or by its two buttons. Says in words what
 * became of a row, for who can't see it.
 */
export function SortableList({
  items,
  onOrder,
  children,
}: {
  items: Item[];
  onOrder: (ids: string[]) => void;
  /** What stands in the row of an item. */
  children: (id: string, index: number) => ReactNode;
}) {
  const listId = useId();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = items.map(({ id }) => id);
  const pressed = useRef<string | null>(null);
  const order = ids.join();
  // A row that moves in the document loses the focus of its button.
  useEffect(() => {
    if (order && pressed.current) document.getElementById(pressed.current)?.focus();
    pressed.current = null;
  }, [order]);
  const move = (index: number, direction: Direction) => {
    const to = direction === 'up' ? index - 1 : index + 1;
    if (to < 0 || to >= ids.length) return;
    pressed.current = `${listId}-${direction}-${ids[index]}`;
    onOrder(arrayMove(ids, index, to));
  };
  return (
    <DndContext
      id={listId}
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={{
        announcements: announcementsFor(items),
        screenReaderInstructions: {
          draggable:
            'Press space to take the row up, the arrow keys to move it, space again to put it down, escape to leave it where it was.',
        },
      }}
      onDragEnd={({ active, over }) => {
        const [from, to] = [ids.indexOf(String(active.id)), ids.indexOf(String(over?.id))];
        if (to !== -1 && from !== to) onOrder(arrayMove(ids, from, to));
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ol className="border-t border-rule">
          {items.map((item, index) => (
            <Row
              key={item.id}
              item={item}
              ids={{ up: `${listId}-up-${item.id}`, down: `${listId}-down-${item.id}` }}
              ends={{ up: index === 0, down: index === items.length - 1 }}
              onMove={(direction) => move(index, direction)}
            >
              {children(item.id, index)}
            </Row>
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

function Row({
  item: { id, name },
  ids,
  ends,
  onMove,
  children,
}: {
  item: Item;
  ids: Record<Direction, string>;
  /** Where it can't go any further. */
  ends: Record<Direction, boolean>;
  onMove: (direction: Direction) => void;
  children: ReactNode;
}) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, isDragging } =
    useSortable({ id });
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform) }}
      className={`flex items-center gap-x-3 border-b border-rule bg-paper py-2 ${isDragging ? 'relative z-10 outline-2 outline-accent' : ''}`}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        aria-roledescription="handle to move a row"
        className="grid size-8 shrink-0 cursor-grab touch-none place-items-center text-muted hover:text-accent"
      >
        <span aria-hidden="true">⠿</span>
        <span className="sr-only">Move {name}</span>
      </button>
      <div className="min-w-0 flex-1">{children}</div>
      <div className="flex shrink-0 gap-1">
        {(['up', 'down'] as const).map((direction) => (
          <button
            key={direction}
            id={ids[direction]}
            type="button"
            aria-disabled={ends[direction]}
            onClick={() => onMove(direction)}
            className="grid size-8 place-items-center border border-rule hover:border-accent hover:text-accent aria-disabled:text-muted aria-disabled:opacity-40"
          >
            <span aria-hidden="true">{direction === 'up' ? '↑' : '↓'}</span>
            <span className="sr-only">
              Move {name} {direction}
            </span>
          </button>
        ))}
      </div>
    </li>
  );
}

function announcementsFor(items: Item[]): Announcements {
  const nameOf = (id: UniqueIdentifier) => items.find((item) => item.id === id)?.name ?? '';
  const placeOf = (id: UniqueIdentifier) =>
    `place ${items.findIndex((item) => item.id === id) + 1} of ${items.length}`;
  return {
    onDragStart: ({ active }) => `${nameOf(active.id)} was taken up at ${placeOf(active.id)}.`,
    onDragOver: ({ active, over }) =>
      over ? `${nameOf(active.id)} is over ${placeOf(over.id)}.` : undefined,
    onDragEnd: ({ active, over }) =>
      over
        ? `${nameOf(active.id)} was put down at ${placeOf(over.id)}.`
        : `${nameOf(active.id)} was put back.`,
    onDragCancel: ({ active }) => `${nameOf(active.id)} was put back.`,
  };
}
