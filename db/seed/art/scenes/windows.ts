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
  open,
  type Point,
  placed,
  poly,
  portrait,
  range,
  rect,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, glow, halftone, stroke, swell } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const windowsScenes: Record<string, Scene> = {
  'rain-window': rainWindow,
  'hospital-window': hospitalWindow,
};

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

function hospitalWindow(random: Random) {
  const panes = range(40).map((pane) => ({
    x: 64 + (pane % 8) * 190,
    y: 52 + Math.floor(pane / 8) * 214,
    lit: pane === 21,
  }));
  const lit = panes.find((pane) => pane.lit) ?? { x: 0, y: 0 };
  const halo = glow([lit.x + 70, lit.y + 80], 430);
  return {
    ...landscape,
    paper: ink.night,
    art: [
      fill(
        ink.slate,
        engrave({
          box: box(0, 0, 1600, 1067),
          tone: (x, y) => 0.3 + (x / 1600) * 0.22 - (y / 1067) * 0.14,
          gap: 13,
        }),
      ),
      fill(
        ink.sun,
        engrave({ box: box(0, 0, 1600, 1067), tone: (x, y) => halo(x, y) * 0.85, gap: 13 }),
      ),
      ...panes.map(({ x, y, lit: on }) => (on ? ward(random, x, y) : dark(random, x, y))),
    ],
  };
}

function dark(random: Random, x: number, y: number): string {
  const blind = random.between(10, 130);
  const pane = cut(corners(box(x, y, 140, 158)), random, 2);
  const slats = range(blind / 13).map((slat) => stroke(x + 8, y + 9 + slat * 13, 124, 5));
  return (
    fill(ink.night, pane, rect(x - 12, y + 162, 164, 14)) +
    fill(ink.cobalt, ...slats) +
    line(
      ink.slate,
      4,
      open([
        [x + 70, y],
        [x + 70, y + 158],
      ]),
    )
  );
}

function ward(random: Random, x: number, y: number): string {
  const nurse = placed(
    `translate(${x + 52} ${y + 158})`,
    fill(
      ink.night,
      smooth('-34,0 -32,-60 -14,-78 14,-78 30,-60 32,0'),
      circle(0, -98, 20),
      poly('-20,-110 -14,-128 14,-128 20,-110'),
    ),
  );
  const stand =
    line(
      ink.night,
      4,
      open([
        [x + 112, y + 158],
        [x + 112, y + 40],
        [x + 98, y + 40],
      ]),
    ) + fill(ink.red, rect(x + 88, y + 44, 20, 34));
  const outline = cut(corners(box(x, y, 140, 158)), random, 2);
  return [
    fill(ink.sun, outline),
    fill(ink.paper, rect(x + 8, y + 8, 124, 26)),
    inside(poly(corners(box(x, y, 140, 158))), nurse, stand),
    line(ink.night, 6, outline),
    fill(ink.night, rect(x - 12, y + 162, 164, 14)),
  ].join('');
}
