import {
  box,
  circle,
  clamp,
  corners,
  cut,
  fill,
  inside,
  landscape,
  line,
  mix,
  open,
  type Point,
  poly,
  portrait,
  range,
  rect,
  type Scene,
  smooth,
} from './draw.ts';
import { ink } from './inks.ts';
import { engrave, fade, glow, halftone, speckle, stroke, swell } from './marks.ts';
import type { Random } from './random.ts';

export const glass: Record<string, Scene> = { 'rain-window': rainWindow, greenhouse };

function rainWindow(random: Random) {
  const lights = range(26).map(() => ({
    x: random.between(80, 1520),
    y: random.between(820, 1330),
    r: random.between(38, 105),
    colour: random.pick([ink.sun, ink.sun, ink.red, ink.straw]),
  }));
  const drops = range(210).map(() =>
    drop(random.between(90, 1510), random.between(80, 1660), random.between(8, 19)),
  );
  const runs = range(34).map(() => {
    const [x, top] = [random.between(100, 1500), random.between(60, 1100)];
    const length = random.between(160, 620);
    const points = range(14).map(
      (step): Point => [x + random.between(-5, 5), top + (step / 13) * length],
    );
    return {
      tail: swell(points, (_, y) => 1 + ((y - top) / length) * 7),
      head: drop(x, top + length, 19),
    };
  });
  return {
    ...portrait,
    paper: ink.deep,
    art: [
      fill(
        ink.night,
        engrave({
          box: box(0, 0, 1600, 1760),
          tone: fade(0, 1500, 0.75, 0.2),
          gap: 17,
          angle: 90,
          step: 40,
        }),
      ),
      fill(
        ink.night,
        cut(
          '-10,1010 130,1010 130,930 330,930 330,1060 420,1060 420,880 560,880 600,820 640,880 760,880 760,1020 900,1020 900,960 1090,960 1090,1080 1200,1080 1200,900 1400,900 1400,1010 1610,1010 1610,1780 -10,1780',
          random,
          5,
        ),
      ),
      ...lights.map(({ x, y, r, colour }) =>
        halftone(colour, {
          box: box(x - r, y - r, 2 * r, 2 * r),
          tone: (px, py) => clamp((r - Math.hypot(px - x, py - y)) / (r * 0.35)) * 0.8,
          gap: 13,
        }),
      ),
      fill(ink.sky, ...runs.map(({ tail }) => tail)),
      fill(ink.deep, ...drops, ...runs.map(({ head }) => head)),
      line(ink.paper, 3.5, ...drops, ...runs.map(({ head }) => head)),
      windowFrame(random),
    ],
  };
}

function drop(x: number, y: number, r: number): string {
  return smooth(
    [
      [x, y - r * 1.5],
      [x + r * 0.75, y - r * 0.1],
      [x + r * 0.5, y + r * 0.75],
      [x - r * 0.5, y + r * 0.75],
      [x - r * 0.75, y - r * 0.1],
    ],
    true,
  );
}

function windowFrame(random: Random): string {
  const bars = [
    box(-20, -20, 100, 1760),
    box(1520, -20, 100, 1760),
    box(-20, -20, 1640, 90),
    box(768, 0, 64, 1740),
    box(0, 720, 1600, 52),
    box(-20, 1690, 1640, 70),
  ];
  const saucer = 'M1010 1782h300l-44 34h-212z';
  return [
    fill(ink.paper, ...bars.map((bar) => cut(corners(bar), random, 3))),
    fill(
      ink.night,
      rect(824, 70, 14, 650),
      rect(824, 772, 14, 920),
      rect(80, 764, 690, 12),
      rect(832, 764, 690, 12),
      rect(72, 70, 12, 1622),
      rect(80, 62, 1440, 12),
    ),
    fill(ink.straw, rect(0, 1760, 1600, 240)),
    fill(
      ink.brick,
      engrave({ box: box(0, 1776, 1600, 224), tone: (_, y) => 0.2 + (y - 1770) / 600, gap: 19 }),
    ),
    fill(ink.night, rect(0, 1752, 1600, 14)),
    fill(ink.red, cut('1050,1540 1270,1540 1236,1784 1084,1784', random, 3)),
    fill(ink.red, 'M1260 1580q86 6 66 84t-84 66l6-30q50-10 56-52t-50-40z'),
    inside(
      poly('1050,1540 1270,1540 1236,1784 1084,1784'),
      fill(
        ink.night,
        engrave({ box: box(1150, 1540, 130, 250), tone: (x) => (x - 1150) / 150, gap: 14 }),
      ),
    ),
    fill(ink.night, saucer, smooth('1050,1540 1160,1522 1270,1540 1160,1556', true)),
    fill(
      ink.sky,
      ...range(3).map((puff) =>
        swell(
          range(24).map(
            (step): Point => [
              1100 + puff * 56 + Math.sin(step / 3.4 + puff) * 24,
              1510 - step * 15,
            ],
          ),
          (_, y) => 14 * Math.sin(((1510 - y) / 345) * Math.PI),
        ),
      ),
    ),
  ].join('');
}

function greenhouse(random: Random) {
  const house = poly('300,850 300,520 620,300 1300,300 1460,520 1460,850');
  const dusk = {
    box: box(0, 0, 1600, 800),
    tone: fade(0, 760, 0.72, 0.12),
    gap: 15,
    warp: (x: number) => 8 * Math.sin(x / 120),
  };
  const flakes = speckle(ink.paper, box(0, 0, 1600, 1067), 420, random, 7);
  return {
    ...landscape,
    paper: ink.slate,
    art: [
      fill(ink.night, engrave(dusk)),
      bareTree(random, 150, 800, 1),
      bareTree(random, 1530, 790, 0.8),
      fill(
        ink.paper,
        `${smooth('-20,770 240,800 600,770 1000,800 1350,766 1620,800')}L1620 1080L-20 1080Z`,
      ),
      fill(
        ink.sun,
        engrave({
          box: box(0, 780, 1600, 290),
          tone: (x, y) => glow([860, 820], 620)(x, y * 1.7 - 560) * 0.62,
          gap: 15,
        }),
      ),
      fill(ink.sun, house),
      inside(house, ...plants(random)),
      frame(),
      fill(
        ink.paper,
        smooth(
          '288,524 440,396 612,286 960,276 1300,284 1320,306 1000,306 640,322 460,436 320,544',
          true,
        ),
      ),
      fill(
        ink.paper,
        smooth('240,872 420,826 620,858 900,832 1180,862 1400,826 1540,880 1000,930', true),
      ),
      fill(
        ink.sky,
        ...range(44).map(() =>
          stroke(
            random.between(0, 1600),
            random.between(880, 1060),
            random.between(50, 180),
            9,
            random.between(-5, 5),
            5,
          ),
        ),
      ),
      flakes,
    ],
  };
}

function plants(random: Random): string[] {
  return range(26).map((plant) => {
    const [x, height] = [320 + plant * 45 + random.between(-14, 14), random.between(120, 390)];
    const colour = plant % 3 === 0 ? ink.deep : plant % 3 === 1 ? ink.moss : ink.night;
    const leaves = range(9).flatMap((pair) => {
      const y = 850 - (height * (pair + 1)) / 9;
      const long = 58 * Math.sin(((pair + 2) / 12) * Math.PI) + 22;
      return [
        stroke(x, y, long, 17, random.between(-50, -10), 8),
        stroke(x, y, -long, 17, random.between(10, 50), -8),
      ];
    });
    const fruit =
      plant % 4 === 1
        ? range(4).map(() =>
            circle(x + random.between(-34, 34), 850 - random.between(40, height), 13),
          )
        : [];
    return (
      line(
        colour,
        5,
        open([
          [x, 850],
          [x, 850 - height],
        ]),
      ) +
      fill(colour, ...leaves) +
      (fruit.length ? fill(ink.red, ...fruit) : '')
    );
  });
}

function frame(): string {
  const posts = range(11).map((post) =>
    open([
      [300 + post * 116, 850],
      [300 + post * 116, 520],
    ]),
  );
  const rafters = range(11).map((rafter) =>
    open([
      [300 + rafter * 116, 520],
      [620 + rafter * 68, 300],
    ]),
  );
  return [
    line(ink.night, 6, ...posts, ...rafters, open('300,684 1460,684'), open('460,410 1380,410')),
    line(
      ink.night,
      13,
      poly('300,850 300,520 620,300 1300,300 1460,520 1460,850'),
      open('300,520 1460,520'),
    ),
    fill(ink.brick, rect(292, 796, 1176, 66)),
    line(
      ink.night,
      4,
      ...range(3).map((course) =>
        open([
          [292, 800 + course * 22],
          [1468, 800 + course * 22],
        ]),
      ),
      ...range(40).map((brick) =>
        open([
          [300 + brick * 30, 800 + (brick % 2) * 22],
          [300 + brick * 30, 822 + (brick % 2) * 22],
        ]),
      ),
    ),
  ].join('');
}

function bareTree(random: Random, x: number, foot: number, size: number): string {
  const grow = (from: Point, turn: number, length: number, width: number): string[] => {
    const to: Point = [from[0] + Math.cos(turn) * length, from[1] + Math.sin(turn) * length];
    const limb = swell(
      [from, [mix(from[0], to[0], 0.5) + random.between(-4, 4), mix(from[1], to[1], 0.5)], to],
      (_, y) => mix(width * 0.66, width, clamp((y - to[1]) / (from[1] - to[1] || 1))),
    );
    if (width < 2.4) return [limb];
    const sides = [-0.5, 0.42].map((side) =>
      grow(
        to,
        turn + side * random.between(0.6, 1.2),
        length * random.between(0.66, 0.86),
        width * 0.62,
      ),
    );
    return [limb, ...sides.flat()];
  };
  return fill(ink.night, ...grow([x, foot], -Math.PI / 2, 210 * size, 30 * size));
}
