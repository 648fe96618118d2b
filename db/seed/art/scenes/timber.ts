import { type Box, corners, cut, fill, inside, poly } from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave } from '#db/seed/art/marks.ts';
import type { Field, Random } from '#db/seed/art/random.ts';

/** A wooden bar, its grain along its longer side. */
export function timber(bar: Box, random: Random, tone: Field): string {
  const angle = bar.w > bar.h ? 0 : 90;
  return (
    fill(ink.brick, cut(corners(bar), random, 3)) +
    inside(poly(corners(bar)), fill(ink.night, engrave({ box: bar, tone, gap: 14, angle })))
  );
}
