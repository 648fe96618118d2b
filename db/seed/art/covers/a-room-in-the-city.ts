import {
  cut,
  ellipse,
  fill,
  inside,
  line,
  type Point,
  placed,
  poly,
  range,
  smooth,
} from '#db/seed/art/draw.ts';
import { stroke } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';
import type { CoverDesign } from './design.ts';
import { at, type Block, block, face, onFloor, onLeft, onRight, shaded } from './isometric.ts';

const [coral, teal, cream] = ['#ea5a3c', '#0e4f55', '#f8eed8'];

/** One room, opened, between the blocks of a town. */
export const aRoomInTheCity: CoverDesign = {
  paper: coral,
  masthead: cream,
  small: cream,
  title: { colour: cream, left: 92, top: 1776, width: 1316, align: 'left', size: 150 },
  draw: (random) => {
    const blocks = town(random);
    const isBehind = ({ u, v }: Block) => u < 10 && v < 10;
    return [
      ...blocks.filter(isBehind).map((tower) => building(random, tower)),
      shell(),
      ...furniture(random),
      ...blocks.filter((tower) => !isBehind(tower)).map((tower) => building(random, tower)),
      fill(teal, cut('-20,1726 1520,1726 1520,2020 -20,2020', random, 4, 90)),
    ];
  },
};

function town(random: Random): Block[] {
  return range(81)
    .map((place) => ({ u: -14.4 + (place % 9) * 5.1, v: -14.4 + Math.floor(place / 9) * 5.1 }))
    .filter(({ u, v }) => u > 10 || v > 10 || u < -4 || v < -4)
    .map(({ u, v }): Block => {
      const inFront = u > 10 || v > 10;
      const room = (900 + (u + v) * 33 - 470) / 62;
      const h = inFront ? random.between(1, 2.7) : Math.min(room, random.between(4, 9)) + 3.4;
      return { u, v, up: -3.4, w: 4.1, d: 4.1, h };
    })
    .filter(({ h }) => h > 1)
    .sort((one, other) => one.u + one.v - other.u - other.v);
}

function building(random: Random, tower: Block): string {
  const { u, v, up, w, d, h } = tower;
  const floors = range(h / 1.1 - 0.4).flatMap((floor) =>
    range(4).map((pane) => ({ pane: 0.35 + pane * 0.95, sill: up + h - 0.95 - floor * 1.1 })),
  );
  const right = onLeft(v, d, up, h, u + w);
  const lit = floors.filter(() => random.chance(0.5));
  return [
    block(tower, { top: coral, left: teal, right: coral, edge: teal }),
    shaded(teal, right, 0.34, 30),
    fill(cream, ...lit.map(({ pane, sill }) => onRight(u + pane, 0.55, sill, 0.6, v + d))),
    fill(teal, ...floors.map(({ pane, sill }) => onLeft(v + pane, 0.55, sill, 0.6, u + w))),
  ].join('');
}

function shell(): string {
  const [left, right, floor] = [
    onLeft(0, 10, 0, 6.8),
    onRight(0, 10, 0, 6.8),
    onFloor(0, 0, 10, 10),
  ];
  const light = face([3.3, 1.6, 0], [7.1, 1.6, 0], [9.4, 7.2, 0], [5.6, 7.2, 0]);
  const boards = range(13).map((board) => face([0, board * 0.8, 0], [10, board * 0.8, 0]));
  return [
    block(
      { u: -0.3, v: -0.3, up: -1, w: 10.6, d: 10.6, h: 1 },
      { top: teal, left: teal, right: teal, edge: teal },
    ),
    fill(cream, left, right, floor),
    shaded(teal, left, 0.3, -29.6),
    shaded(teal, floor, 0.22, 29.6),
    inside(light, fill(cream, light), line(teal, 3, ...boards)),
    line(teal, 3, face([5.2, 1.6, 0], [7.5, 7.2, 0])),
    line(teal, 9, left, right, floor),
    fill(
      teal,
      onLeft(-0.3, 10.3, 6.8, 0.01),
      face(
        [0, 0, 6.8],
        [0, 10, 6.8],
        [-0.3, 10, 6.8],
        [-0.3, -0.3, 6.8],
        [10, -0.3, 6.8],
        [10, 0, 6.8],
      ),
    ),
  ].join('');
}

function furniture(random: Random): string[] {
  const wood = { top: cream, left: teal, right: teal, edge: teal };
  return [sash(random), doorAndShelf(random), rug(), table(wood), bed(random, wood), plant(random)];
}

function sash(_random: Random): string {
  const pane = onRight(3, 4, 2.3, 3.4);
  const roofs = [
    at(3, 0, 3.2),
    at(3.6, 0, 3.7),
    at(4.2, 0, 3.1),
    at(5, 0, 3.6),
    at(5.6, 0, 4.3),
    at(6.2, 0, 3.4),
    at(7, 0, 3.8),
    at(7, 0, 2.3),
    at(3, 0, 2.3),
  ];
  const curtain = (u: number, w: number) =>
    fill(cream, onRight(u, w, 2, 4)) +
    line(
      teal,
      5,
      onRight(u, w, 2, 4),
      ...range(3).map((fold) =>
        face([u + (w * (fold + 1)) / 4, 0, 2.1], [u + (w * (fold + 1)) / 4, 0, 5.8]),
      ),
    );
  return [
    fill(coral, pane),
    inside(pane, fill(cream, ellipse(...at(4.2, 0, 5), 44, 44)), fill(teal, poly(roofs))),
    line(cream, 9, face([5, 0, 2.3], [5, 0, 5.7]), face([3, 0, 4.1], [7, 0, 4.1])),
    line(teal, 9, pane),
    curtain(2.3, 0.9),
    curtain(6.8, 0.9),
    line(teal, 11, face([2, 0, 6.1], [8, 0, 6.1])),
  ].join('');
}

function doorAndShelf(random: Random): string {
  const spines = range(11).map((spine) =>
    onLeft(6.05 + spine * 0.26, 0.2, 4, random.between(0.7, 1.15), 0.05),
  );
  return [
    fill(coral, onLeft(1.3, 2.3, 0, 5)),
    line(teal, 8, onLeft(1.3, 2.3, 0, 5), onLeft(1.6, 1.7, 2.7, 1.9), onLeft(1.6, 1.7, 0.5, 1.8)),
    fill(cream, ellipse(...at(0, 3.3, 2.4), 9, 11)),
    fill(teal, onLeft(5.9, 3.2, 3.8, 0.2)),
    fill(coral, ...spines.filter((_, spine) => spine % 3 === 0)),
    fill(teal, ...spines.filter((_, spine) => spine % 3 === 1)),
    fill(cream, ...spines.filter((_, spine) => spine % 3 === 2)),
    line(teal, 3, ...spines),
  ].join('');
}

function rug(): string {
  const oval = (r: number) =>
    poly(
      range(40).map(
        (step): Point => at(5.6 + r * Math.cos(step / 6.37), 5.8 + r * Math.sin(step / 6.37), 0),
      ),
    );
  return (
    fill(coral, oval(2.3)) +
    line(teal, 5, oval(2.3)) +
    line(cream, 9, oval(1.85)) +
    line(cream, 6, oval(1.1))
  );
}

function table(wood: Parameters<typeof block>[1]): string {
  const leg = (u: number, v: number) => line(teal, 13, face([u, v, 0], [u, v, 2.1]));
  return [
    fill(teal, onFloor(6.4, 0.7, 3, 1.9)),
    leg(6.5, 0.8),
    leg(9.1, 0.8),
    leg(6.5, 2.4),
    leg(9.1, 2.4),
    block({ u: 6.3, v: 0.6, up: 2.1, w: 3, d: 2, h: 0.22 }, wood),
    fill(coral, onFloor(7, 1.1, 0.9, 0.9, 2.34)),
    line(teal, 4, onFloor(7, 1.1, 0.9, 0.9, 2.34)),
    line(teal, 8, face([8.7, 1.2, 2.34], [8.7, 1.2, 3.7])),
    fill(coral, face([8.2, 1.2, 3.5], [9.2, 1.2, 3.5], [8.95, 1.2, 4.3], [8.45, 1.2, 4.3])),
    line(teal, 5, face([8.2, 1.2, 3.5], [9.2, 1.2, 3.5], [8.95, 1.2, 4.3], [8.45, 1.2, 4.3])),
    block({ u: 7.1, v: 3.1, up: 0, w: 1.1, d: 1, h: 1.2 }, { ...wood, top: coral }),
  ].join('');
}

function bed(_random: Random, wood: Parameters<typeof block>[1]): string {
  const blanket = { u: 0.6, v: 5.9, up: 0.5, w: 3, d: 3.7, h: 0.75 };
  return [
    block({ u: 0.5, v: 4.2, up: 0, w: 3.2, d: 0.25, h: 2.3 }, wood),
    block(
      { u: 0.6, v: 4.4, up: 0.3, w: 3, d: 5.1, h: 0.7 },
      { top: cream, left: cream, right: cream, edge: teal },
    ),
    block(
      { u: 0.9, v: 4.6, up: 1, w: 2.4, d: 0.9, h: 0.3 },
      { top: cream, left: cream, right: cream, edge: teal },
    ),
    block(blanket, { top: coral, left: coral, right: coral, edge: teal }),
    shaded(teal, onLeft(5.9, 3.7, 0.5, 0.75, 3.6), 0.4, 90),
    line(
      cream,
      8,
      ...range(4).map((stripe) =>
        face([0.6, 6.5 + stripe * 0.8, 1.26], [3.6, 6.5 + stripe * 0.8, 1.26]),
      ),
    ),
    cat(),
  ].join('');
}

function cat(): string {
  const [x, y] = at(2, 8, 1.25);
  const body = smooth('-30,0 -40,-44 -20,-86 -26,-124 0,-136 28,-122 26,-90 42,-50 44,0', true);
  return placed(
    `translate(${x} ${y})`,
    fill(teal, body, poly('-24,-118 -26,-152 -4,-132'), poly('26,-118 28,-152 6,-132')),
    line(teal, 13, smooth('36,-8 74,-2 92,-34 84,-60')),
    fill(cream, stroke(-16, -112, 11, 6), stroke(6, -112, 11, 6)),
  );
}

function plant(random: Random): string {
  const [x, y] = at(9, 8.2, 1.1);
  const leaves = range(13).map((leaf) =>
    stroke(x, y, random.between(80, 150), 30, -160 + leaf * 11.6, leaf < 6 ? 16 : -16),
  );
  const pot = poly(`${x - 40},${y - 8} ${x + 40},${y - 8} ${x + 28},${y + 66} ${x - 28},${y + 66}`);
  return fill(teal, ...leaves) + fill(coral, pot) + line(teal, 6, pot);
}
