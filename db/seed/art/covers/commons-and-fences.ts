import {
  box,
  circle,
  cut,
  fill,
  inside,
  line,
  open,
  type Point,
  placed,
  poly,
  range,
  smooth,
} from '#db/seed/art/draw.ts';
import { engrave, fade, stroke, swell } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';
import type { CoverDesign } from './design.ts';

const [paper, green, red] = ['#f3ead6', '#173f38', '#dd4b2c'];

/** A fence that lacks two palings, and who looks through. */
export const commonsAndFences: CoverDesign = {
  paper,
  masthead: green,
  small: green,
  title: { colour: paper, left: 90, top: 1520, width: 1320, align: 'center', size: 158 },
  draw: (random) => [
    ...winterCommon(random),
    ...range(10)
      .filter((place) => place !== 4 && place !== 5)
      .map((place) => paling(random, 6 + place * 150, 560 + (place % 3) * 26)),
    brokenRail(random, 800, 84),
    rail(random, 1486, 372),
  ],
};

function winterCommon(random: Random): string[] {
  const snow = noise(random, 190);
  const hill = (x: number) =>
    1010 - 90 * Math.sin(((x + 200) / 1900) * Math.PI) + 12 * Math.sin(x / 120);
  const ridge = range(64).map((step): Point => [step * 24, hill(step * 24)]);
  const folds = range(30).map((fold) => {
    const points = ridge.map(
      ([x, y]): Point => [
        x,
        y + 16 + fold * 16 + fold ** 2 * 0.36 + fold * 3 * Math.sin(x / 210 + fold / 4),
      ],
    );
    return swell(points, (x, y) => (snow(x, y * 2) - 0.46) * 26);
  });
  return [
    fill(red, circle(748, 800, 236)),
    fill(
      green,
      engrave({ box: box(0, 440, 1500, 600), tone: fade(440, 1000, 0.26, 0.04), gap: 17 }),
    ),
    fill(paper, poly([...ridge, [1510, 2010], [-10, 2010]])),
    fill(green, ...folds),
    sheep(random),
  ];
}
function sheep(random: Random): string {
  const fleece = (wide: number, high: number, locks: number) =>
    range(locks * 2).map((lock): Point => {
      const turn = (lock / locks) * Math.PI;
      const reach = lock % 2 ? 1 : 0.9;
      return [Math.cos(turn) * wide * reach, Math.sin(turn) * high * reach];
    });
  const curls = range(60).map(() => {
    const [turn, reach] = [random.between(0, 2 * Math.PI), random.between(0.4, 0.86)];
    const [x, y] = [Math.cos(turn) * 200 * reach - 18, Math.sin(turn) * 180 * reach - 40];
    return stroke(x, y, random.between(26, 46), 8, random.between(-24, 24), 11);
  });
  const face = smooth('0,-190 70,-150 74,-90 50,26 0,70 -50,26 -74,-90 -70,-150', true);
  const ear = smooth('58,-116 120,-150 192,-104 150,-72 70,-80', true);
  return placed(
    'translate(756 1230)',
    fill(green, cut('-100,90 -44,90 -50,300 -92,300', random, 3)),
    fill(green, cut('44,90 100,90 92,300 50,300', random, 3)),
    placed('translate(0 -40)', fill(paper, smooth(fleece(214, 194, 13), true))),
    placed('translate(0 -40)', line(green, 9, smooth(fleece(214, 194, 13), true))),
    fill(green, ...curls),
    fill(paper, smooth('0,-206 88,-160 92,-90 62,36 0,86 -62,36 -92,-90 -88,-160', true)),
    fill(green, face),
    fill(green, ear),
    placed('scale(-1 1)', fill(green, ear)),
    placed('translate(0 -196) scale(1 .62)', fill(paper, smooth(fleece(96, 80, 6), true))),
    placed('translate(0 -196) scale(1 .62)', line(green, 9, smooth(fleece(96, 80, 6), true))),
    fill(paper, circle(-38, -88, 14), circle(38, -88, 14)),
    fill(green, circle(-36, -86, 7), circle(36, -86, 7)),
    line(paper, 5, open('-20,34 -8,44 0,58 8,44 20,34')),
  );
}

function paling(random: Random, x: number, top: number): string {
  const outline = cut(
    [
      [x, 2020],
      [x, top + 90],
      [x + 62, top],
      [x + 124, top + 90],
      [x + 124, 2020],
    ],
    random,
    4,
    90,
  );
  const grain = noise(random, 150);
  const knot: Point = [x + random.between(34, 90), random.between(900, 1400)];
  const round = (px: number, py: number) =>
    34 *
    Math.exp(-(((px - knot[0]) / 40) ** 2) - ((py - knot[1]) / 80) ** 2) *
    Math.sign(px - knot[0]);
  const lines = range(6).map((year) => {
    const points = range(64).map((step): Point => {
      const [px, py] = [x + 14 + year * 19, top + 40 + step * 24];
      return [px + round(px, py) + 7 * grain(px, py), py];
    });
    return swell(points, (px, py) => 6.5 * grain(px * 3, py * 0.5) - 1.6);
  });
  return (
    fill(green, outline) +
    inside(outline, fill(paper, ...lines), fill(green, circle(knot[0], knot[1], 9)))
  );
}

function rail(random: Random, y: number, h: number): string {
  const whole = cut(
    [
      [-20, y],
      [1520, y - 8],
      [1520, y + h],
      [-20, y + h + 6],
    ],
    random,
    4,
    110,
  );
  return fill(red, whole) + nails(range(10), y, h);
}

function brokenRail(random: Random, y: number, h: number): string {
  const left = `-20,${y} 556,${y + 6} 520,${y + 26} 566,${y + 44} 530,${y + 64} 548,${y + h} -20,${y + h}`;
  const right = `1520,${y} 944,${y + 6} 978,${y + 30} 930,${y + 46} 962,${y + 66} 936,${y + h} 1520,${y + h}`;
  const ends = fill(red, cut(left, random, 3, 160), cut(right, random, 3, 160));
  return ends + nails([0, 1, 2, 3, 6, 7, 8, 9], y, h);
}

function nails(places: readonly number[], y: number, h: number): string {
  const heads = places.flatMap((place) =>
    [24, h - 22].map((down) => circle(68 + place * 150, y + down, 9)),
  );
  return fill(green, ...heads);
}
