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
  over,
  type Point,
  placed,
  poly,
  range,
  rect,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, speckle, stroke, swell } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';
import { timber } from './timber.ts';

export const paperworkScenes: Record<string, Scene> = { ledger, tally };

function ledger(random: Random) {
  const grain = noise(random, 240);
  return {
    ...landscape,
    paper: ink.brick,
    art: [
      fill(
        ink.night,
        engrave({
          box: box(0, 0, 1600, 1067),
          tone: (x, y) => 0.16 + 0.44 * grain(x * 0.3, y),
          gap: 15,
          warp: (x, y) => 60 * grain(x * 0.5, y),
        }),
      ),
      placed(
        'rotate(-4 800 530)',
        fill(ink.night, rect(138, 96, 1364, 920)),
        fill(ink.deep, cut(corners(box(116, 70, 1364, 910)), random, 3)),
        page(random, 150),
        placed('translate(1600 0) scale(-1 1)', page(random, 154)),
        fill(
          ink.night,
          engrave({
            box: box(680, 96, 238, 850),
            tone: (x) => 0.62 - Math.abs(x - 799) / 150,
            gap: 11,
          }),
        ),
      ),
      placed(
        'translate(1200 560) rotate(-52)',
        over(fill(ink.sky, stroke(-330, 40, 760, 30)), 0, 0),
        fill(ink.red, cut('-140,-14 420,-20 440,0 420,20 -140,14', random, 2)),
        fill(ink.night, rect(-170, -17, 40, 34), poly('-168,-15 -270,-3 -330,0 -270,3 -168,15')),
        fill(ink.sun, rect(-126, -17, 16, 34), stroke(-60, -8, 440, 7)),
      ),
      fill(ink.night, circle(1060, 742, 17), circle(1094, 764, 7), circle(1042, 780, 5)),
    ],
  };
}

function page(random: Random, x: number): string {
  const columns = [0.1, 0.52, 0.66, 0.8, 0.94].map((share) => x + share * 640);
  const rows = range(22).map((row) => 208 + row * 32);
  const figures = rows.slice(0, 19).flatMap((y, row) => {
    const words = range(random.whole(1, 3)).map((word) =>
      scrawl(random, x + 84 + word * 84, y - 8, random.whole(3, 5)),
    );
    const sums = range(3)
      .filter((sum) => random.chance(sum === 2 ? 0.9 : 0.55))
      .map((sum) => scrawl(random, x + 356 + sum * 90, y - 8, random.whole(2, 4)));
    return row % 7 === 6 ? [scrawl(random, x + 536, y - 8, 4)] : [...words, ...sums];
  });
  return [
    fill(ink.paper, cut(corners(box(x, 96, 650, 850)), random, 2)),
    line(
      ink.sky,
      3,
      ...rows.map((y) =>
        open([
          [x + 10, y],
          [x + 648, y],
        ]),
      ),
    ),
    line(
      ink.red,
      3.5,
      ...columns.map((column) =>
        open([
          [column, 104],
          [column, 940],
        ]),
      ),
      open([
        [x + 6, 166],
        [x + 648, 166],
      ]),
      open([
        [x + 6, 174],
        [x + 648, 174],
      ]),
    ),
    line(ink.night, 4, ...figures),
    line(
      ink.red,
      5,
      open([
        [x + 530, 848],
        [x + 612, 844],
      ]),
      open([
        [x + 528, 858],
        [x + 612, 854],
      ]),
    ),
  ].join('');
}

/** Handwriting that says nothing. */
function scrawl(random: Random, x: number, y: number, letters: number): string {
  return smooth(
    range(letters * 3).map(
      (step): Point => [
        x + step * 5.2 + random.between(-2, 2),
        y + (step % 2 ? random.between(-13, -3) : random.between(-3, 6)),
      ],
    ),
  );
}

function tally(random: Random) {
  const grain = noise(random, 120);
  const marks = range(36).flatMap((group) => {
    const [x, y] = [150 + (group % 9) * 148, 136 + Math.floor(group / 9) * 208];
    if (group > 32) return [];
    const bars = group === 32 ? 3 : 4;
    const upright = range(bars).map((bar) =>
      chalk(
        random,
        [x + bar * 25, y + random.between(-8, 8)],
        [x + bar * 25 + random.between(-7, 7), y + 138 + random.between(-10, 10)],
      ),
    );
    return bars === 4
      ? [...upright, chalk(random, [x - 18, y + 116], [x + 100, y + 24 + random.between(-12, 12)])]
      : upright;
  });
  const frame = [
    box(-20, -20, 1640, 84),
    box(-20, 1003, 1640, 90),
    box(-20, 0, 90, 1067),
    box(1530, 0, 90, 1067),
  ];
  return {
    ...landscape,
    paper: ink.night,
    art: [
      fill(
        ink.slate,
        engrave({
          box: box(0, 0, 1600, 1067),
          tone: (x, y) => 0.34 * grain(x * 0.3, y * 1.4) ** 1.4,
          gap: 11,
          angle: -18,
          warp: (x, y) => 20 * grain(x, y),
        }),
      ),
      fill(ink.paper, ...marks),
      speckle(ink.night, box(70, 70, 1460, 930), 2600, random, 3.4),
      speckle(ink.slate, box(70, 840, 1460, 160), 500, random, 3),
      ...frame.map((bar) => timber(bar, random, (x, y) => 0.12 + 0.36 * grain(x, y))),
      placed(
        'translate(1250 958) rotate(-6)',
        fill(ink.night, stroke(-110, 24, 260, 24)),
        fill(ink.paper, cut('-100,-20 110,-17 116,0 110,17 -100,20', random, 2)),
        fill(
          ink.sky,
          engrave({ box: box(-100, 2, 210, 18), tone: () => 0.4, gap: 7 }),
          ellipse(-100, 0, 9, 20),
        ),
      ),
    ],
  };
}

function chalk(random: Random, from: Point, to: Point): string {
  const points = range(13).map(
    (step): Point => [
      from[0] + ((to[0] - from[0]) * step) / 12 + random.between(-1.6, 1.6),
      from[1] + ((to[1] - from[1]) * step) / 12,
    ],
  );
  return swell(points, () => random.between(9, 15));
}
