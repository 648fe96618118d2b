'use client';

import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import type { Picture } from '#lib/media/rules.ts';

/** Readers see the point in steps of so much, so it moves in these. */
const step = 0.05;
const snapped = (value: number) => Math.round(Math.min(1, Math.max(0, value)) / step) * step;

const moves: Record<string, [x: number, y: number]> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
};

const crops = [
  { name: 'Square', className: 'aspect-square' },
  { name: 'Wide', className: 'aspect-[16/9]' },
  { name: 'Tall', className: 'aspect-[3/4]' },
];

/**
 * Where a picture's subject is: set by a click, by dragging the ring, or with the arrow keys while the ring has the focus.
 * Beside it what is left of the picture in boxes that cut it. The form sends `focalX` and `focalY`.
 */
export function FocalPoint({ picture }: { picture: Picture }) {
  const [{ x, y }, setPoint] = useState({ x: picture.focalX, y: picture.focalY });
  const area = useRef<HTMLDivElement>(null);
  const id = useId();
  const placeAt = (event: PointerEvent) => {
    const box = area.current?.getBoundingClientRect();
    if (!box) return;
    setPoint({
      x: snapped((event.clientX - box.left) / box.width),
      y: snapped((event.clientY - box.top) / box.height),
    });
  };
  const press = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    setPoint((now) => ({ x: snapped(now.x + move[0]), y: snapped(now.y + move[1]) }));
  };
  const inWords = `${Math.round(x * 100)} % from the left, ${Math.round(y * 100)} % from the top`;
  const position = { objectPosition: `${x * 100}% ${y * 100}%` };
  return (
    <div>
      <input type="hidden" name="focalX" value={x.toFixed(2)} />
      <input type="hidden" name="focalY" value={y.toFixed(2)} />
      <div ref={area} className="relative w-fit max-w-full bg-raised" onPointerDown={placeAt}>
        <img
          src={picture.url}
          srcSet={picture.srcSet}
          sizes="(min-width: 80rem) 40vw, 90vw"
          width={picture.width}
          height={picture.height}
          alt={picture.alt}
          draggable={false}
          className="h-auto max-h-[34rem] w-auto max-w-full cursor-crosshair"
        />
        <button
          type="button"
          aria-label={`Focal point: ${inWords}`}
          aria-describedby={`${id}-hint`}
          className="absolute size-9 -translate-1/2 cursor-grab touch-none rounded-full border-2 border-white bg-black/35 shadow-[0_0_0_2px_#000] disabled:hidden"
          style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
          onKeyDown={press}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={(event) => event.buttons > 0 && placeAt(event)}
        />
      </div>
      <p id={`${id}-hint`} className="mt-2 text-[0.85rem] text-muted">
        The ring marks what must stay in sight where the picture is cut. Click, drag it, or move it
        with the arrow keys.
      </p>
      <output aria-live="polite" className="sr-only">
        {inWords}
      </output>
      <ul aria-label="Cut to other shapes" className="mt-3 flex flex-wrap items-end gap-3">
        {crops.map(({ name, className }) => (
          <li key={name} className="shrink-0 text-[0.8rem] text-muted">
            <img
              src={picture.url}
              alt=""
              draggable={false}
              className={`h-20 w-auto bg-raised object-cover sm:h-24 ${className}`}
              style={position}
            />
            {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
