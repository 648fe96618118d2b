import type {
  Announcements,
  ClientRect,
  Collision,
  CollisionDetection,
  DroppableContainer,
  KeyboardCoordinateGetter,
  UniqueIdentifier,
} from '@dnd-kit/core';
import type { Slot } from '#lib/issues/board.ts';

/** What is dragged. */
export type Dragged =
  | { kind: 'article'; id: string; title: string; from: Slot | null }
  | { kind: 'department'; name: string; index: number };

/** Where it can be let go: before an article or at a department's end, before a department, or back in the tray. */
export type Target =
  | { kind: 'slot'; slot: Slot; text: string }
  | { kind: 'department-slot'; index: number; text: string }
  | { kind: 'tray'; text: string };

export const targetOf = (data: unknown): Target | null =>
  ((data as { current?: Target } | undefined)?.current as Target | undefined) ?? null;
export const draggedOf = (data: unknown): Dragged | null =>
  ((data as { current?: Dragged } | undefined)?.current as Dragged | undefined) ?? null;

/** The tray under the pointer, else the slot nearest to it in height; for the keyboard, nearest to what is moved. */
export const nearestTarget: CollisionDetection = (args) => {
  const { active, collisionRect, droppableRects, droppableContainers, pointerCoordinates } = args;
  const dragged = draggedOf(active.data);
  if (!dragged) return [];
  if (dragged.kind === 'article' && pointerCoordinates) {
    const tray = droppableContainers.find(({ data }) => targetOf(data)?.kind === 'tray');
    const rect = tray && droppableRects.get(tray.id);
    if (tray && rect && holds(rect, pointerCoordinates)) return [{ id: tray.id }];
  }
  const y = pointerCoordinates?.y ?? collisionRect.top;
  return slotsFor(dragged, droppableContainers, droppableRects)
    .map(({ id, top }): Collision => ({ id, data: { value: Math.abs(top - y) } }))
    .toSorted((a, b) => (a.data?.['value'] ?? 0) - (b.data?.['value'] ?? 0))
    .slice(0, 1);
};

/** The arrow keys go from slot to slot. */
export const nextSlot: KeyboardCoordinateGetter = (event, { context }) => {
  if (event.code !== 'ArrowDown' && event.code !== 'ArrowUp') return undefined;
  event.preventDefault();
  const { active, over, droppableContainers, droppableRects } = context;
  const dragged = draggedOf(active?.data);
  if (!dragged) return undefined;
  const slots = slotsFor(dragged, [...droppableContainers.getEnabled()], droppableRects);
  const at = slots.findIndex(({ id }) => id === over?.id);
  const next = slots[event.code === 'ArrowDown' ? at + 1 : at - 1];
  return next && { x: next.left, y: next.top };
};

/** What a screen reader is told on the way. */
export const announcements: Announcements = {
  onDragStart: ({ active }) => `${nameOf(active.data)} is picked up.`,
  onDragOver: ({ active, over }) =>
    over ? `${nameOf(active.data)}: ${textOf(active.data, over.data)}.` : undefined,
  onDragEnd: ({ active, over }) =>
    over
      ? `${nameOf(active.data)} is put down: ${textOf(active.data, over.data)}.`
      : `${nameOf(active.data)} stays where it was.`,
  onDragCancel: ({ active }) => `${nameOf(active.data)} stays where it was.`,
};

export const instructions =
  'Press Space to pick it up, the arrow keys to move it, Space to put it down, Escape to leave it where it was.';

function nameOf(data: unknown): string {
  const dragged = draggedOf(data);
  if (!dragged) return 'It';
  return dragged.kind === 'article' ? `“${dragged.title}”` : `The department ${dragged.name}`;
}

function textOf(active: unknown, over: unknown): string {
  const [dragged, target] = [draggedOf(active), targetOf(over)];
  const still =
    dragged?.kind === 'article'
      ? target?.kind === 'slot' &&
        target.slot.department === dragged.from?.department &&
        target.slot.index === dragged.from.index
      : target?.kind === 'department-slot' && target.index === dragged?.index;
  return still ? 'at its own place' : (target?.text ?? '');
}

/** The slots that something can go to, from the top; the one right behind itself is where it stands already. */
function slotsFor(
  dragged: Dragged,
  containers: DroppableContainer[],
  rects: Map<UniqueIdentifier, ClientRect>,
): { id: UniqueIdentifier; top: number; left: number }[] {
  return containers
    .flatMap(({ id, data }) => {
      const target = targetOf(data);
      const rect = rects.get(id);
      if (!target || !rect || !fits(dragged, target)) return [];
      return [{ id, top: rect.top, left: rect.left }];
    })
    .toSorted((a, b) => a.top - b.top);
}

function fits(dragged: Dragged, target: Target): boolean {
  if (dragged.kind === 'department') {
    return target.kind === 'department-slot' && target.index !== dragged.index + 1;
  }
  if (target.kind !== 'slot') return false;
  const { from } = dragged;
  return !(from?.department === target.slot.department && target.slot.index === from.index + 1);
}

function holds(rect: ClientRect, { x, y }: { x: number; y: number }): boolean {
  return x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom;
}
