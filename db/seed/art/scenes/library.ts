import {
  box,
  corners,
  cut,
  fill,
  landscape,
  line,
  open,
  placed,
  range,
  rect,
  type Scene,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, stroke } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const libraryScenes: Record<string, Scene> = { library };

/** Bindings, each with the colour of what is stamped on it. */
const cloths: [readonly [string, string], ...(readonly [string, string])[]] = [
  [ink.red, ink.straw],
  [ink.deep, ink.sun],
  [ink.paper, ink.red],
  [ink.sun, ink.night],
  [ink.brick, ink.straw],
  [ink.straw, ink.brick],
  [ink.slate, ink.paper],
];

/** Where the bands lie on a spine, from 0 at its head to 1. */
const tooling: [number[], ...number[][]] = [
  [0.12, 0.17, 0.82, 0.87],
  [0.2, 0.74],
  [0.1, 0.14, 0.18, 0.9],
  [0.5],
];

function library(random: Random) {
  const shelves = range(4).map((shelf) => ({
    foot: 236 + shelf * 286,
    gapAt: shelf === 1 ? 930 : -500,
  }));
  return {
    ...landscape,
    paper: ink.night,
    art: [
      fill(
        ink.plum,
        engrave({ box: box(0, 0, 1600, 1067), tone: () => 0.4, gap: 15, angle: 90, step: 60 }),
      ),
      ...shelves.flatMap(({ foot, gapAt }) => [
        ...books(random, foot, gapAt),
        fill(ink.brick, cut(corners(box(-10, foot, 1620, 34)), random, 2)),
        fill(
          ink.night,
          engrave({ box: box(0, foot + 6, 1600, 28), tone: () => 0.34, gap: 11 }),
          rect(0, foot + 32, 1600, 10),
        ),
      ]),
    ],
  };
}

function books(random: Random, foot: number, gapAt: number): string[] {
  const drawn: string[] = [];
  let x = -random.between(0, 40);
  while (x < 1620) {
    const w = random.between(28, 74);
    if (x + w > gapAt && x < gapAt + 96) {
      drawn.push(
        placed(`translate(${gapAt + 100} ${foot}) rotate(-17)`, book(random, 0, 0, 46, 190)),
      );
      x = gapAt + 168;
      continue;
    }
    drawn.push(book(random, x, foot, w, random.between(146, 206)));
    x += w + 3;
  }
  return drawn;
}

function book(random: Random, x: number, foot: number, w: number, h: number): string {
  const [colour, trim] = random.pick(cloths);
  const top = foot - h;
  const bands = random.pick(tooling);
  const label =
    random.chance(0.45) && w > 38
      ? fill(trim, rect(x + w * 0.2, top + h * 0.3, w * 0.6, h * 0.26))
      : '';
  const shade = range(h / 9 - 1).map((mark) => {
    const long = w * (0.46 + 0.1 * (mark % 2));
    return stroke(x + w, top + 8 + mark * 9, -long, 4.5);
  });
  return [
    fill(colour, cut(corners(box(x, top, w, h)), random, 1.5)),
    fill(trim, ...bands.map((band) => rect(x, top + h * band, w, 6))),
    label,
    fill(ink.night, ...shade),
    line(
      ink.night,
      3,
      open([
        [x + w, top + 4],
        [x + w, foot],
      ]),
    ),
  ].join('');
}
