import {
  box,
  fill,
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
import { engrave, fade, glow, halftone, rays, stroke } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const lampsScenes: Record<string, Scene> = { lamps };

function lamps(random: Random) {
  const eye: Point = [700, 560];
  const posts = range(6)
    .map((post) => 1.05 * 1.5 ** post)
    .reverse();
  const at = (across: number, up: number, away: number): Point => [
    eye[0] + across / away,
    eye[1] + up / away,
  ];
  const wall = (side: number) =>
    poly([
      at(side * 900, -1500, 1),
      at(side * 900, -1500, 16),
      at(side * 900, 420, 16),
      at(side * 900, 420, 0.5),
      at(side * 900, -1500, 0.5),
    ]);
  const panes = [-1, 1].flatMap((side) =>
    range(15).flatMap((house) =>
      [-900, -560, -180].map((up) => {
        const [near, far] = [0.9 + house * 0.42, 0.9 + house * 0.42 + 0.18];
        return poly([
          at(side * 900, up, near),
          at(side * 900, up, far),
          at(side * 900, up + 190, far),
          at(side * 900, up + 190, near),
        ]);
      }),
    ),
  );
  const light = (x: number, y: number) =>
    posts.reduce(
      (sum, away) =>
        Math.max(
          sum,
          glow(at(-470, -400, away), 620 / away, 1.3)(x, y),
          glow(at(600, -400, away * 1.22), 520 / away, 1.3)(x, y),
        ),
      0,
    );
  const sides = [wall(-1), wall(1)];
  return {
    ...landscape,
    paper: ink.night,
    art: [
      fill(
        ink.cobalt,
        engrave({ box: box(0, 0, 1600, 600), tone: fade(0, 600, 0.1, 0.7), gap: 14 }),
      ),
      fill(ink.night, ...sides),
      fill(ink.cobalt, ...panes),
      fill(
        ink.cobalt,
        rays(eye, { from: 60, to: 1300, count: 120 }, (_x, y) => (y > 600 ? 0.22 : 0)),
      ),
      halftone(ink.sun, {
        box: box(0, 0, 1600, 1067),
        tone: (x, y) => light(x, y) * (y < 760 ? 0.6 : 0.25),
        gap: 15,
      }),
      ...posts
        .flatMap(
          (away) =>
            [
              [-470, away],
              [600, away * 1.22],
            ] as const,
        )
        .map(([across, away]) => {
          const [[x, foot], [, top]] = [at(across, 420, away), at(across, -400, away)];
          return lamp(random, x, foot, top, 1 / away);
        }),
    ],
  };
}

function lamp(random: Random, x: number, foot: number, top: number, size: number): string {
  const shine = range(22 * Math.sqrt(size)).map((mark) =>
    stroke(
      x + random.between(-70, 30) * size,
      foot + mark * 20 * Math.sqrt(size) + 8,
      random.between(40, 110) * size,
      9 * size,
      0,
    ),
  );
  return [
    fill(ink.sun, ...shine),
    fill(
      ink.black,
      poly([
        [x - 15 * size, foot],
        [x - 7 * size, top],
        [x + 7 * size, top],
        [x + 15 * size, foot],
      ]),
      rect(x - 30 * size, foot - 60 * size, 60 * size, 60 * size),
    ),
    fill(
      ink.paper,
      poly([
        [x - 52 * size, top - 130 * size],
        [x + 52 * size, top - 130 * size],
        [x + 30 * size, top],
        [x - 30 * size, top],
      ]),
    ),
    fill(
      ink.black,
      poly([
        [x - 66 * size, top - 126 * size],
        [x + 66 * size, top - 126 * size],
        [x, top - 196 * size],
      ]),
    ),
    line(
      ink.black,
      6 * size,
      open([
        [x, top - 130 * size],
        [x, top],
      ]),
    ),
  ].join('');
}
