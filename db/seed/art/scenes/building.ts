import {
  box,
  circle,
  corners,
  cut,
  ellipse,
  fill,
  inside,
  landscape,
  line,
  open,
  type Point,
  placed,
  poly,
  range,
  rect,
  type Scene,
  smooth,
  square,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, swell } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const buildingScenes: Record<string, Scene> = { stairwell, 'floor-plan': floorPlan };

function stairwell(random: Random) {
  const perTurn = 26;
  const shrink = 0.6;
  const reach = (step: number) => 1500 * shrink ** (step / perTurn);
  const at = (step: number, share: number): Point => {
    const turn = (step / perTurn) * 2 * Math.PI;
    const r = reach(step) * (1 - share) + reach(step + perTurn) * share;
    return [790 + Math.cos(turn) * r, 812 + Math.sin(turn) * r];
  };
  const steps = range(perTurn * 7.6).map((index) => {
    const step = index - perTurn * 2;
    const dark = 0.32 + 0.24 * Math.cos(((step / perTurn) * 2 + 0.4) * Math.PI);
    const wedge = (from: number, to: number, high = 0, low = 1) =>
      poly([
        at(from, high),
        at((from + to) / 2, high),
        at(to, high),
        at(to, low),
        at((from + to) / 2, low),
        at(from, low),
      ]);
    const boards = range(6).map((board) =>
      swell(
        [at(step + dark, board / 6 + 0.08), at(step + 1, board / 6 + 0.08)],
        () => reach(step) / 170,
      ),
    );
    return (
      fill(ink.straw, wedge(step, step + 1.02)) +
      fill(ink.brick, ...boards) +
      fill(ink.night, wedge(step, step + dark)) +
      fill(ink.red, wedge(step, step + 1.02, 0.9, 1))
    );
  });
  const rail = range(perTurn * 7.6 * 2).map((half) => at(half / 2 - perTurn * 2, 1));
  const posts = range(perTurn * 5.6).map((step) =>
    swell([at(step + 0.5, 0.86), at(step + 0.5, 1)], () => reach(step) / 130),
  );
  return {
    ...square,
    paper: ink.night,
    art: [
      ...steps,
      fill(ink.paper, ...posts),
      fill(
        ink.night,
        swell(rail, (x, y) => 4 + Math.hypot(x - 790, y - 812) / 26),
      ),
      fill(
        ink.sun,
        swell(rail, (x, y) => Math.hypot(x - 790, y - 812) / 60),
      ),
      fill(ink.sun, cut(corners(box(752, 774, 76, 76)), random, 3)),
    ],
  };
}

function floorPlan(_random: Random) {
  const grid = [
    ...range(33).map((column) =>
      open([
        [column * 50, 0],
        [column * 50, 1067],
      ]),
    ),
    ...range(22).map((row) =>
      open([
        [0, row * 50 + 8],
        [1600, row * 50 + 8],
      ]),
    ),
  ];
  const flats = range(8).map((flat) =>
    placed(
      `translate(${110 + (flat % 4) * 345} ${flat < 4 ? 108 : 958})${flat < 4 ? '' : ' scale(1 -1)'}${flat % 2 ? ' translate(345 0) scale(-1 1)' : ''}`,
      flatPlan(flat),
    ),
  );
  const north = placed(
    'translate(1518 990) scale(.8)',
    line(ink.paper, 5, circle(0, 0, 52)),
    fill(ink.paper, poly('0,-66 16,10 0,0 -16,10')),
  );
  return {
    ...landscape,
    paper: ink.cobalt,
    art: [
      `<g opacity=".22">${line(ink.paper, 1.6, ...grid)}</g>`,
      inside(
        rect(455, 108, 345, 350),
        fill(ink.red, rect(455, 108, 345, 350)),
        fill(
          ink.cobalt,
          engrave({ box: box(455, 108, 345, 350), tone: () => 0.22, gap: 17, angle: 45 }),
        ),
      ),
      ...flats,
      line(ink.paper, 15, rect(110, 108, 1380, 850)),
      line(
        ink.paper,
        3,
        ...range(17).map((tread) =>
          open([
            [1302 + tread * 11, 486],
            [1302 + tread * 11, 580],
          ]),
        ),
        open('1290,533 1480,533'),
      ),
      line(
        ink.paper,
        3,
        open('110,62 1490,62'),
        open('56,108 56,958'),
        ...range(5).map((tick) =>
          open([
            [100 + tick * 345, 72],
            [120 + tick * 345, 52],
          ]),
        ),
        ...range(3).map((tick) =>
          open([
            [46, 118 + tick * 425],
            [66, 98 + tick * 425],
          ]),
        ),
      ),
      north,
    ],
  };
}

/** One room with its bath, 345 by 350, its door on the corridor below. */
function flatPlan(flat: number): string {
  return [
    line(ink.paper, 13, open('0,0 0,350 60,350'), open('140,350 345,350 345,0')),
    line(ink.paper, 8, open('345,196 222,196 222,236'), open('222,306 222,350')),
    line(ink.paper, 3, 'M60 350a80 80 0 0 1 80 -80v80', 'M222 236a70 70 0 0 0 -70 70h70'),
    line(ink.cobalt, 7, open('96,0 250,0')),
    line(ink.paper, 3, open('96,-5 250,-5'), open('96,5 250,5')),
    line(ink.paper, 4, rect(24, 28, 92, 164), rect(36, 40, 68, 36), smooth('24,110 70,92 116,110')),
    line(ink.paper, 4, circle(196, 100, 36), circle(250, 100, 15), circle(196, 156, 15)),
    line(
      ink.paper,
      4,
      rect(284, 22, 40, 160),
      circle(304, 60, 13),
      circle(304, 96, 13),
      rect(291, 124, 26, 42),
    ),
    line(ink.paper, 4, ellipse(304, 262, 20, 26), rect(284, 214, 40, 18), rect(240, 212, 30, 24)),
    flat % 3 === 0 ? line(ink.paper, 4, rect(28, 224, 60, 34), open('28,224 88,258')) : '',
  ].join('');
}
