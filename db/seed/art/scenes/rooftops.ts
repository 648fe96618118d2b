import {
  box,
  circle,
  corners,
  cut,
  fill,
  inside,
  landscape,
  line,
  open,
  type Point,
  poly,
  range,
  rect,
  type Scene,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, stroke } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const rooftopsScenes: Record<string, Scene> = { rooftops };

function rooftops(random: Random) {
  const rows = range(5).map((row) => {
    const base = 420 + row * 168;
    const size = 0.62 + row * 0.17;
    const houses = range(12).map(
      (house) => house * 250 * size - 120 * (row % 2) - 40 + random.between(-20, 20),
    );
    return houses
      .map((x, index) => roof(random, x, base + random.between(-22, 22), size, (index + row) % 3))
      .join('');
  });
  const gulls = [
    [300, 150, 1],
    [390, 190, 0.7],
    [1240, 130, 0.8],
    [760, 110, 0.6],
  ] as const;
  return {
    ...landscape,
    paper: ink.straw,
    art: [
      fill(ink.paper, circle(1180, 250, 130)),
      fill(
        ink.rose,
        engrave({ box: box(0, 0, 1600, 520), tone: fade(0, 520, 0.62, 0.12), gap: 15 }),
      ),
      ...rows,
      fill(
        ink.night,
        ...gulls.flatMap(([x, y, size]) => [
          stroke(x, y, -58 * size, 11 * size, 24, 14 * size),
          stroke(x, y, 58 * size, 11 * size, -24, -14 * size),
        ]),
      ),
    ],
  };
}

function roof(random: Random, x: number, eaves: number, size: number, kind: number): string {
  const [w, h] = [270 * size, (kind === 1 ? 150 : 124) * size];
  const colour = random.pick([ink.brick, ink.brick, ink.red, ink.slate]);
  const slope: Point[] =
    kind === 1
      ? [
          [x, eaves],
          [x + w / 2, eaves - h],
          [x + w, eaves],
        ]
      : [
          [x - 10, eaves],
          [x + 34 * size, eaves - h],
          [x + w - 34 * size, eaves - h],
          [x + w + 10, eaves],
        ];
  const wall = box(x, eaves - 4, w, 420);
  const tiles = {
    box: box(x - 10, eaves - h, w + 20, h),
    gap: 15 * size,
    angle: kind === 2 ? 90 : 0,
  };
  const pane = (left: number, top: number) => rect(left, top, 36 * size, 50 * size);
  const lit = random.chance(0.25);
  return [
    chimney(random, x + w * (kind === 1 ? 0.68 : 0.25), eaves - h * 0.72, size),
    fill(kind === 1 ? colour : ink.paper, cut(corners(wall), random, 2)),
    kind === 1
      ? fill(colour, cut(slope, random, 2)) +
        line(
          ink.night,
          11 * size,
          open([
            [x - 12, eaves + 8],
            [x + w / 2, eaves - h],
            [x + w + 12, eaves + 8],
          ]),
        )
      : fill(colour, cut(slope, random, 3)) +
        inside(
          poly(slope),
          fill(ink.night, engrave({ ...tiles, tone: (px) => 0.22 + ((px - x) / w) * 0.35 })),
        ),
    fill(
      ink.night,
      engrave({
        box: box(x + w * 0.55, eaves + 4, w * 0.45, 170),
        tone: (px) => ((px - x) / w) * 0.7 - 0.3,
        gap: 11,
        angle: 90,
      }),
    ),
    fill(
      lit ? ink.sun : ink.night,
      pane(x + w * 0.22, eaves + 30 * size),
      pane(x + w * 0.6, eaves + 30 * size),
    ),
    kind === 1 ? fill(ink.night, circle(x + w / 2, eaves - h * 0.4, 17 * size)) : '',
    line(
      ink.night,
      4,
      open([
        [x, eaves],
        [x, eaves + 300],
      ]),
      open([
        [x + w, eaves],
        [x + w, eaves + 300],
      ]),
    ),
  ].join('');
}

function chimney(random: Random, x: number, foot: number, size: number): string {
  const [w, h] = [46 * size, 118 * size];
  const smoke = random.chance(0.3)
    ? range(16).map((puff) =>
        stroke(
          x + w / 2 + puff * 15 * size,
          foot - h - 30 - puff * 9 * size + random.between(-9, 9),
          random.between(30, 80) * size,
          (5 + puff * 0.7) * size,
          -26,
          9,
        ),
      )
    : [];
  return [
    fill(ink.slate, ...smoke),
    fill(
      ink.night,
      cut(
        [
          [x, foot],
          [x, foot - h],
          [x + w, foot - h],
          [x + w, foot],
        ],
        random,
        2,
      ),
      rect(x - 6, foot - h - 6, w + 12, 14 * size),
      rect(x + 4, foot - h - 30 * size, 13 * size, 28 * size),
      rect(x + w - 17 * size, foot - h - 30 * size, 13 * size, 28 * size),
    ),
    fill(ink.brick, rect(x + 6, foot - h + 14, w * 0.4, h)),
  ].join('');
}
