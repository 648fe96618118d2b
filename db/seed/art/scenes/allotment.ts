import {
  box,
  ellipse,
  fill,
  inside,
  landscape,
  line,
  open,
  type Point,
  poly,
  range,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, stroke, swell } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const allotmentScenes: Record<string, Scene> = { allotment };

function allotment(random: Random) {
  const spot = (u: number, v: number): Point => [800 + (u - v) * 168, -390 + (u + v) * 88];
  const tile = (u: number, v: number, w: number, h: number) =>
    poly([spot(u, v), spot(u + w, v), spot(u + w, v + h), spot(u, v + h)]);
  const plots = range(9).flatMap((u) =>
    range(9).map((v) => ({ u: u * 1.5 + (v % 2) * 0.3, v: v * 1.3 })),
  );
  return {
    ...landscape,
    paper: ink.bone,
    art: plots
      .filter(({ u, v }) => {
        const [x, y] = spot(u + 0.6, v + 0.5);
        return x > -260 && x < 1860 && y > -160 && y < 1230;
      })
      .map(({ u, v }) =>
        plot(random, (a, b) => spot(u + a * 1.3, v + b * 1.1), tile(u, v, 1.3, 1.1)),
      ),
  };
}

function plot(random: Random, at: (a: number, b: number) => Point, ground: string): string {
  const rows = range(7).map((row) => (row + 0.5) / 7);
  const along = (row: number, count: number, draw: (x: number, y: number) => string) =>
    range(count).map((step) => draw(...at((step + 0.5) / count, row)));
  const beds = [
    () =>
      fill(ink.straw, ground) +
      fill(
        ink.moss,
        ...rows.flatMap((row) =>
          along(row, 9, (x, y) =>
            smooth(
              [
                [x - 13, y],
                [x - 4, y - 11],
                [x + 8, y - 9],
                [x + 13, y + 1],
                [x + 2, y + 8],
              ],
              true,
            ),
          ),
        ),
      ),
    () =>
      fill(ink.brick, ground) +
      line(ink.leaf, 5, ...rows.map((row) => open([at(0.04, row), at(0.96, row)]))),
    () =>
      fill(ink.leaf, ground) +
      fill(
        ink.red,
        ...rows.flatMap((row) =>
          along(row, 8, (x, y) =>
            ellipse(x + random.between(-5, 5), y - random.between(4, 14), 6, 6),
          ),
        ),
      ),
    () =>
      fill(ink.straw, ground) +
      line(
        ink.night,
        3.5,
        ...[0.2, 0.5, 0.8].flatMap((row) =>
          along(row, 8, (x, y) =>
            open([
              [x - 12, y + 6],
              [x, y - 56],
              [x + 12, y - 4],
            ]),
          ),
        ),
      ) +
      fill(
        ink.moss,
        ...[0.2, 0.5, 0.8].flatMap((row) =>
          along(row, 26, (x, y) =>
            stroke(
              x + random.between(-8, 8),
              y - random.between(0, 48),
              20,
              9,
              random.between(-60, 30),
            ),
          ),
        ),
      ),
    () =>
      fill(ink.moss, ground) +
      fill(
        ink.leaf,
        ...rows.flatMap((row) =>
          along(row, 12, (x, y) => stroke(x, y, 24, 7, random.between(-120, -60), 3)),
        ),
      ),
    () =>
      fill(ink.brick, ground) +
      fill(
        ink.night,
        ...rows.map((row) => swell([at(0.03, row), at(0.5, row), at(0.97, row)], () => 6)),
      ),
    () => fill(ink.leaf, ground) + shed(random.pick([ink.red, ink.sun, ink.sky]), at),
    () => fill(ink.leaf, ground) + shed(random.pick([ink.red, ink.paper, ink.sky]), at),
  ];
  const bed = beds[random.whole(0, beds.length - 1)];
  return (bed ? bed() : '') + line(ink.night, 3, ground);
}

function shed(colour: string, at: (a: number, b: number) => Point): string {
  const up = ([x, y]: Point, height: number): Point => [x, y - height];
  const [back, right, front, left] = [at(0.25, 0.25), at(0.8, 0.25), at(0.8, 0.75), at(0.25, 0.75)];
  const [ridgeFar, ridgeNear] = [up(at(0.25, 0.5), 128), up(at(0.8, 0.5), 128)];
  const side = poly([left, front, up(front, 84), up(left, 84)]);
  const gable = poly([front, right, up(right, 84), ridgeNear, up(front, 84)]);
  const [doorFoot, doorSide] = [at(0.8, 0.6), at(0.8, 0.42)];
  return [
    fill(ink.moss, poly([at(0.8, 0.25), at(1, 0.3), at(1, 0.8), front])),
    fill(colour, side),
    inside(
      side,
      fill(
        ink.night,
        engrave({
          box: box(left[0], up(left, 90)[1], front[0] - left[0], 200),
          tone: () => 0.16,
          gap: 14,
          angle: 90,
        }),
      ),
    ),
    fill(colour, gable),
    inside(
      gable,
      fill(
        ink.night,
        engrave({
          box: box(front[0], ridgeNear[1], right[0] - front[0], 230),
          tone: () => 0.45,
          gap: 13,
          angle: 90,
        }),
      ),
    ),
    fill(ink.night, poly([doorFoot, doorSide, up(doorSide, 66), up(doorFoot, 66)])),
    fill(ink.night, poly([up(left, 78), up(front, 78), ridgeNear, ridgeFar])),
    fill(ink.slate, poly([ridgeFar, ridgeNear, up(right, 78), up(back, 78)])),
    line(
      ink.night,
      4,
      open([up(right, 78), ridgeNear, up(front, 78)]),
      open([ridgeFar, ridgeNear]),
    ),
  ].join('');
}
