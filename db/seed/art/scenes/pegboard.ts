import {
  box,
  circle,
  corners,
  cut,
  fill,
  hole,
  inside,
  landscape,
  line,
  open,
  over,
  placed,
  points,
  poly,
  range,
  rect,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, halftone, stroke } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';
import { timber } from './timber.ts';

export const pegboardScenes: Record<string, Scene> = { keys, abacus, 'post-office': postOffice };

function keys(random: Random) {
  const grain = noise(random, 260);
  const hooks = range(8).map((hook) => 106 + hook * 196);
  const hung = hooks.filter((_, hook) => hook !== 5);
  const shapes = hung.map((x, index) => ({ x, ...key(random, index) }));
  return {
    ...landscape,
    paper: ink.paper,
    art: [
      halftone(ink.rose, {
        box: box(0, 0, 1600, 1067),
        tone: (x, y) => 0.16 + ((x + y) % 220 < 110 ? 0.14 : 0),
        gap: 18,
      }),
      over(fill(ink.sky, cut(corners(box(24, 130, 1580, 190)), random, 3)), 0, 0),
      fill(ink.straw, cut(corners(box(-20, 96, 1640, 190)), random, 3)),
      fill(
        ink.brick,
        engrave({
          box: box(0, 100, 1600, 182),
          tone: (x, y) => 0.08 + 0.42 * grain(x * 0.4, y * 2),
          gap: 13,
          warp: (x, y) => 46 * grain(x, y * 0.5),
        }),
      ),
      over(
        shapes.map(({ x, iron }) =>
          placed(`translate(${x + 30} 240) scale(1.36)`, fill(ink.sky, iron)),
        ),
        0,
        0,
      ),
      ...shapes.map(({ x, iron, tag }) =>
        placed(`translate(${x} 210) scale(1.36)`, fill(ink.night, iron), tag),
      ),
      ...hooks.map(
        (x) =>
          fill(ink.night, circle(x, 176, 25)) +
          fill(ink.sun, circle(x - 5, 171, 10)) +
          line(ink.night, 13, `M${x} 186v34a22 22 0 0 0 40 -4`),
      ),
    ],
  };
}

function key(random: Random, index: number): { iron: string; tag: string } {
  const long = random.between(400, 560);
  const r = random.between(54, 74);
  const heart = points(
    `0,0 ${r},${r * 0.5} ${r * 0.7},${r * 1.6} 0,${r * 2} ${-r * 0.7},${r * 1.6} ${-r},${r * 0.5}`,
  );
  const trefoil = points(`${-r * 0.62},${r * 1.35} ${r * 0.62},${r * 1.35} 0,${r * 0.55}`);
  const bow = [
    `${circle(0, r, r)}${hole(0, r, r * 0.62)}`,
    `${smooth(heart, true)}${circle(0, r * 0.8, r * 0.42)}`,
    trefoil.map(([x, y]) => circle(x, y, r * 0.6) + hole(x, y, r * 0.26)).join(''),
  ][index % 3];
  const teeth = range(random.whole(2, 4)).map((tooth) =>
    rect(8, long - 40 - tooth * 36, random.between(44, 88), 23),
  );
  const shank = `${rect(-13, r * 1.8, 26, long - r * 1.8)}${rect(-24, r * 2.05, 48, 15)}${rect(-21, long - 168, 42, 13)}`;
  const colour = [ink.red, ink.sun, ink.deep][index % 3] ?? ink.red;
  const plate = '-40,190 40,190 40,330 0,366 -40,330';
  const tag =
    index % 2
      ? placed(
          `translate(-6 ${r * 0.9}) rotate(${random.between(10, 22)})`,
          line(ink.night, 5, open('0,20 0,206')),
          fill(colour, cut(plate, random, 3)),
          fill(ink.paper, circle(0, 216, 11)),
          fill(ink.night, stroke(-24, 270, 48, 7), stroke(-24, 296, 40, 7)),
        )
      : '';
  return { iron: `${bow}${shank}${teeth.join('')}`, tag };
}

function abacus(random: Random) {
  const rods = range(9).map((rod) => ({
    y: 158 + rod * 94,
    moved: [7, 2, 10, 5, 0, 8, 3, 6, 9][rod] ?? 5,
    colour: [ink.red, ink.sun, ink.deep][rod % 3] ?? ink.red,
  }));
  const bead = (x: number, y: number, colour: string) => {
    const outline = smooth(
      [
        [x - 27, y],
        [x - 18, y - 37],
        [x + 18, y - 37],
        [x + 27, y],
        [x + 18, y + 37],
        [x - 18, y + 37],
      ],
      true,
    );
    return [
      fill(colour, outline),
      fill(
        ink.night,
        ...range(4).map((cutMark) =>
          stroke(x - 20 + cutMark * 3, y + 10 + cutMark * 7, 40 - cutMark * 5, 5),
        ),
      ),
      fill(ink.paper, stroke(x - 12, y - 24, 20, 7)),
      line(ink.night, 4, outline),
    ].join('');
  };
  return {
    ...landscape,
    paper: ink.paper,
    art: [
      halftone(ink.sky, { box: box(0, 0, 1600, 1067), tone: fade(0, 1067, 0.12, 0.5), gap: 18 }),
      over(fill(ink.sky, cut(corners(box(136, 96, 1400, 940)), random, 3)), 0, 0),
      fill(ink.paper, rect(110, 70, 1390, 920)),
      ...rods.map(({ y }) =>
        line(
          ink.night,
          8,
          open([
            [120, y],
            [1480, y],
          ]),
        ),
      ),
      ...rods.flatMap(({ y, moved, colour }) =>
        range(10).map((index) =>
          bead(index < moved ? 184 + index * 58 : 1420 - (9 - index) * 58, y, colour),
        ),
      ),
      ...[
        box(76, 40, 64, 980),
        box(1466, 40, 64, 980),
        box(60, 40, 1486, 62),
        box(60, 960, 1486, 62),
      ].map((bar) => timber(bar, random, () => 0.26)),
      fill(
        ink.night,
        ...[
          [106, 70],
          [1498, 70],
          [106, 992],
          [1498, 992],
        ].map(([x = 0, y = 0]) => circle(x, y, 13)),
      ),
    ],
  };
}

function postOffice(random: Random) {
  const holes = range(35).map((hole) => ({
    x: 22 + (hole % 7) * 224,
    y: 20 + Math.floor(hole / 7) * 210,
    count: hole === 17 ? 0 : random.whole(1, 7),
  }));
  return {
    ...landscape,
    paper: ink.brick,
    art: [
      fill(
        ink.night,
        engrave({
          box: box(0, 0, 1600, 1067),
          tone: () => 0.16,
          gap: 12,
          warp: (x, y) => 5 * Math.sin(x / 60 + y),
        }),
      ),
      ...holes.map(({ x, y, count }) => pigeonhole(random, x, y, count)),
    ],
  };
}

function pigeonhole(random: Random, x: number, y: number, count: number): string {
  const hole = corners(box(x, y, 208, 158));
  const letters = range(count).map((letter) => {
    const colour = random.pick([ink.paper, ink.paper, ink.straw, ink.bone, ink.rose]);
    const h = random.between(64, 128);
    const lean = placed(
      `translate(${x + 22 + letter * 23 + random.between(-4, 4)} ${y + 158}) skewX(${-random.between(4, 18)})`,
      fill(colour, rect(0, -h, 17, h)),
      fill(ink.night, rect(14, -h, 4, h)),
      random.chance(0.22)
        ? fill(ink.red, ...range(5).map((stripe) => rect(0, -h + stripe * (h / 5), 14, h / 10)))
        : '',
    );
    return lean;
  });
  const front =
    count > 4
      ? placed(
          `translate(${x + 110} ${y + 158}) rotate(${random.between(-7, 7)})`,
          fill(ink.paper, rect(-56, -82, 142, 90)),
          line(ink.night, 4, open('-56,-82 15,-30 86,-82'), rect(-56, -82, 142, 90)),
          fill(ink.red, rect(52, -26, 22, 26)),
        )
      : '';
  return [
    fill(ink.night, cut(hole, random, 2)),
    fill(ink.plum, engrave({ box: box(x, y, 208, 158), tone: (_, py) => (py - y) / 320, gap: 11 })),
    inside(poly(hole), ...letters, front),
    fill(ink.sun, cut(corners(box(x + 70, y + 167, 68, 25)), random, 1.5)),
    fill(ink.night, rect(x + 84, y + 177, 40, 5)),
  ].join('');
}
