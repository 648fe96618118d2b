import {
  box,
  circle,
  corners,
  cut,
  ellipse,
  fill,
  landscape,
  line,
  open,
  range,
  rect,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, glow, stroke, water } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const streetScenes: Record<string, Scene> = { 'night-bus': nightBus };

function nightBus(random: Random) {
  const roofs = range(9).map((house) => {
    const [x, top] = [house * 190 - 40, random.between(120, 300)];
    return {
      wall: rect(x, top, 184, 540),
      lit: range(8)
        .filter(() => random.chance(0.26))
        .map((pane) =>
          rect(x + 34 + (pane % 2) * 72, top + 50 + Math.floor(pane / 2) * 96, 40, 52),
        ),
    };
  });
  const wet = box(0, 860, 1600, 210);
  return {
    ...landscape,
    paper: ink.night,
    art: [
      fill(
        ink.cobalt,
        engrave({ box: box(0, 0, 1600, 660), tone: fade(0, 660, 0.12, 0.6), gap: 14 }),
      ),
      fill(ink.night, ...roofs.map(({ wall }) => wall)),
      fill(ink.straw, ...roofs.flatMap(({ lit }) => lit)),
      fill(
        ink.cobalt,
        engrave({ box: box(0, 640, 1600, 230), tone: () => 0.16, gap: 17, angle: 90 }),
      ),
      busBody(random),
      shelter(random),
      fill(ink.night, rect(0, 858, 1600, 220)),
      fill(ink.cobalt, water(wet, random, { keep: () => 0.7, near: 30, far: 14 })),
      fill(
        ink.sun,
        water(box(140, 866, 900, 200), random, {
          keep: fade(866, 1067, 0.75, 0.15),
          length: 3,
          near: 24,
        }),
      ),
      fill(
        ink.red,
        water(box(120, 862, 960, 90), random, { keep: () => 0.4, length: 4, near: 16 }),
      ),
    ],
  };
}

function busBody(random: Random): string {
  const heads = [226, 408, 500, 690, 872];
  const shell = smooth(
    '120,836 112,640 124,440 160,410 600,404 980,410 1016,446 1040,640 1040,836 600,840',
  );
  return [
    fill(ink.red, `${shell}Z`),
    fill(
      ink.sun,
      ...range(7).map((pane) => cut(corners(box(150 + pane * 118, 466, 104, 150)), random, 2)),
      cut('984,480 1008,480 1026,640 984,660', random, 2),
    ),
    fill(
      ink.night,
      ...heads.map((x) => circle(x, 566, 25)),
      ...heads.map((x) =>
        smooth([
          [x - 40, 616],
          [x - 30, 596],
          [x, 586],
          [x + 30, 596],
          [x + 40, 616],
        ]),
      ),
    ),
    fill(ink.paper, rect(120, 690, 918, 14), rect(150, 424, 330, 28)),
    fill(
      ink.night,
      engrave({ box: box(116, 716, 920, 110), tone: fade(716, 836, 0.1, 0.66), gap: 13 }),
    ),
    fill(
      ink.night,
      rect(760, 466, 4, 340),
      rect(842, 466, 4, 340),
      ellipse(290, 836, 78, 74),
      ellipse(906, 836, 78, 74),
    ),
    fill(ink.slate, circle(290, 836, 36), circle(906, 836, 36)),
    fill(ink.sun, circle(1026, 760, 22)),
    fill(
      ink.straw,
      engrave({
        box: box(1040, 640, 560, 230),
        tone: (x, y) =>
          Math.abs(y - 760 - (x - 1040) * 0.06) < 14 + (x - 1040) * 0.2
            ? 0.62 - (x - 1040) / 800
            : 0,
        gap: 12,
      }),
    ),
  ].join('');
}

function shelter(random: Random): string {
  return [
    fill(
      ink.sun,
      engrave({
        box: box(1220, 470, 300, 390),
        tone: (x, y) => glow([1370, 480], 400)(x, y) * 0.6,
        gap: 12,
      }),
    ),
    line(ink.paper, 9, open('1216,860 1216,450'), open('1524,860 1524,450')),
    fill(ink.paper, cut('1180,430 1560,430 1548,456 1192,456', random, 2)),
    line(
      ink.paper,
      8,
      open('1250,760 1370,760'),
      open('1270,760 1270,858'),
      open('1350,760 1350,858'),
    ),
    fill(
      ink.black,
      smooth('1398,860 1402,740 1392,640 1416,584 1466,584 1488,650 1478,740 1484,860'),
      circle(1442, 544, 36),
      rect(1474, 706, 52, 66),
    ),
    fill(ink.red, stroke(1402, 590, 84, 24, 4)),
    line(ink.paper, 9, open('1140,860 1140,500')),
    fill(ink.red, circle(1140, 480, 46)),
    fill(ink.paper, rect(1096, 470, 88, 20)),
  ].join('');
}
