import {
  box,
  circle,
  clamp,
  fill,
  inside,
  landscape,
  line,
  mix,
  open,
  type Point,
  poly,
  range,
  rect,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, glow, speckle, stroke, swell } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const greenhouseScenes: Record<string, Scene> = { greenhouse };

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
