'use client';

import { useDroppable } from '@dnd-kit/core';
import type { ComponentProps } from 'react';
import type { Target } from '#components/dashboard/issue/drag.ts';

/** What a thing is picked up by, with pointer, finger or the Space key. */
export function Grip({ about, ...button }: { about: string } & ComponentProps<'button'>) {
  return (
    <button
      {...button}
      type="button"
      className="grid h-9 w-7 shrink-0 cursor-grab touch-none place-items-center text-muted hover:text-accent"
      aria-label={`Drag ${about}`}
    >
      <svg viewBox="0 0 8 14" className="h-3.5 w-2" fill="currentColor" aria-hidden="true">
        {[2, 7, 12].map((y) => (
          <g key={y}>
            <circle cx="2" cy={y} r="1.2" />
            <circle cx="6" cy={y} r="1.2" />
          </g>
        ))}
      </svg>
    </button>
  );
}

/** A line without height where something can be put; it shows while something hangs over it. */
export function SlotLine({ id, target }: { id: string; target: Target }) {
  const { setNodeRef, isOver } = useDroppable({ id, data: target });
  return (
    <div ref={setNodeRef} aria-hidden="true" className="relative h-0">
      {isOver && <span className="absolute inset-x-0 -top-0.5 z-10 h-1 bg-accent" />}
    </div>
  );
}
