import { box, fill, inside, line, type Point, poly } from '#db/seed/art/draw.ts';
import { engrave } from '#db/seed/art/marks.ts';

/** Room units along one wall, along the other, and up. */
export type Spot = readonly [u: number, v: number, up: number];
export type Block = { u: number; v: number; up: number; w: number; d: number; h: number };

/** Where a spot stands on a cover's sheet. */
export function at(u: number, v: number, up: number): Point {
  return [750 + (u - v) * 58, 900 + (u + v) * 33 - up * 62];
}

export function face(...spots: readonly Spot[]): string {
  return poly(spots.map((spot) => at(...spot)));
}

/** A patch on the wall that runs along u, from the floor's back corner to the right. */
export function onRight(u: number, w: number, up: number, h: number, v = 0): string {
  return face([u, v, up], [u + w, v, up], [u + w, v, up + h], [u, v, up + h]);
}

/** A patch on the wall that runs along v, from the back corner to the left. */
export function onLeft(v: number, d: number, up: number, h: number, u = 0): string {
  return face([u, v, up], [u, v + d, up], [u, v + d, up + h], [u, v, up + h]);
}

export function onFloor(u: number, v: number, w: number, d: number, up = 0): string {
  return face([u, v, up], [u + w, v, up], [u + w, v + d, up], [u, v + d, up]);
}

/** A block with its three visible sides. */
export function block(
  { u, v, up, w, d, h }: Block,
  colours: { top: string; left: string; right: string; edge: string },
): string {
  const left = onRight(u, w, up, h, v + d);
  const right = onLeft(v, d, up, h, u + w);
  const top = onFloor(u, v, w, d, up + h);
  return (
    fill(colours.left, left) +
    fill(colours.right, right) +
    fill(colours.top, top) +
    line(colours.edge, 5, left, right, top)
  );
}

/** Graver's lines over a face. */
export function shaded(colour: string, outline: string, tone: number, angle: number): string {
  const sheet = box(0, 380, 1500, 1620);
  return inside(
    outline,
    fill(colour, engrave({ box: sheet, tone: () => tone, gap: 15, angle, step: 120 })),
  );
}
