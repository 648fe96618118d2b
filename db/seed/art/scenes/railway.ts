import {
  box,
  circle,
  clamp,
  cut,
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
import { engrave, fade, stroke, swell } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const railwayScenes: Record<string, Scene> = { railway };

/** Where a track lies across the line of sight, at a distance from the viewer. */
type Track = (away: number) => number;

const eye: Point = [860, 372];

const tracks: readonly Track[] = [
  () => 0,
  (away) => -2.9 * (1 - joined(away)),
  (away) => 2.6 * (1 - joined(away / 1.5)),
];

function railway(random: Random) {
  const stones = range(1300).map(() => {
    const away = 1.5 / (1 - random.next() * 0.95);
    const [x, y] = place(random.between(-4.4, 4.1), away);
    return stroke(x, y, 34 / away, 17 / away, random.between(-20, 20));
  });
  const grass = range(900).map(() => {
    const away = 1.4 / (1 - random.next() * 0.96);
    const side = random.chance(0.5) ? random.between(-16, -4.6) : random.between(4.3, 16);
    const [x, y] = place(side, away);
    return stroke(x, y, 110 / away, 26 / away, random.between(-112, -68), 6 / away);
  });
  const poles = range(7).map((pole) => telegraphPole(1.9 + pole * 1.5 + pole ** 2 * 0.3));
  const wood =
    '-10,356 180,338 300,344 520,352 700,346 1000,356 1210,330 1330,342 1610,350 1610,384 -10,384';
  return {
    ...landscape,
    paper: ink.straw,
    art: [
      fill(ink.red, circle(eye[0], 320, 138)),
      fill(
        ink.brick,
        engrave({ box: box(0, 0, 1600, 380), tone: fade(0, 380, 0.7, 0.1), gap: 14 }),
      ),
      fill(ink.night, cut(wood, random, 3)),
      fill(ink.straw, rect(0, 380, 1600, 700)),
      fill(ink.bone, poly([eye, place(4.2, 1.4), place(-4.5, 1.4)])),
      fill(ink.brick, ...grass),
      fill(ink.slate, ...stones),
      fill(ink.night, ...tracks.flatMap(sleepers)),
      fill(ink.red, ...tracks.flatMap((track) => [rail(track, -1), rail(track, 1)])),
      ...poles,
      signal(1452, 800),
    ],
  };
}

function place(across: number, away: number): Point {
  return [eye[0] + (across * 560) / away, eye[1] + 1240 / away];
}

function joined(away: number): number {
  const share = clamp((away - 1.7) / 7);
  return share * share * (3 - 2 * share);
}

function sleepers(track: Track): string[] {
  return range(64).map((sleeper) => {
    const near = 1.5 + sleeper * 0.5;
    const corner = (side: number, away: number) => place(track(away) + side * 0.98, away);
    return poly([corner(-1, near), corner(1, near), corner(1, near + 0.2), corner(-1, near + 0.2)]);
  });
}

function rail(track: Track, side: number): string {
  const points = range(120).map((step) => {
    const away = 1.4 * 1.035 ** step;
    return place(track(away) + side * 0.62, away);
  });
  return swell(points, (_, y) => (y - eye[1]) / 34 + 0.8);
}

function telegraphPole(away: number): string {
  const [x, foot] = place(-6.2 - away * 0.15, away);
  const size = 1 / away;
  const arm = (drop: number, wide: number) =>
    open([
      [x - wide * size, foot - (1680 - drop) * size],
      [x + wide * size, foot - (1680 - drop) * size],
    ]);
  return (
    line(
      ink.night,
      44 * size,
      open([
        [x, foot],
        [x, foot - 1750 * size],
      ]),
    ) + line(ink.night, 26 * size, arm(0, 300), arm(170, 240))
  );
}

function signal(x: number, foot: number): string {
  const rungs = range(17).map((rung) =>
    open([
      [x + 16, foot - 60 - rung * 40],
      [x + 44, foot - 60 - rung * 40],
    ]),
  );
  return [
    line(
      ink.night,
      20,
      open([
        [x, foot],
        [x, 130],
      ]),
    ),
    line(
      ink.night,
      5,
      open([
        [x + 44, foot],
        [x + 44, 210],
      ]),
      ...rungs,
    ),
    fill(
      ink.night,
      poly([
        [x - 16, 130],
        [x + 16, 130],
        [x, 84],
      ]),
      rect(x - 32, foot - 16, 96, 30),
    ),
    fill(
      ink.red,
      poly([
        [x - 4, 160],
        [x - 236, 108],
        [x - 246, 152],
        [x - 4, 212],
      ]),
    ),
    fill(
      ink.paper,
      poly([
        [x - 176, 122],
        [x - 202, 116],
        [x - 210, 160],
        [x - 184, 167],
      ]),
    ),
    fill(ink.night, circle(x + 14, 206, 30)),
    fill(ink.sun, circle(x + 14, 206, 17)),
  ].join('');
}
