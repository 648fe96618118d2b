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
  portrait,
  range,
  rect,
  type Scene,
  smooth,
} from './draw.ts';
import { ink } from './inks.ts';
import { engrave, fade, stroke } from './marks.ts';
import type { Random } from './random.ts';

export const town: Record<string, Scene> = {
  rooftops,
  'tower-block': towerBlock,
  'market-hall': marketHall,
};

function rooftops(random: Random) {
  const rows = range(5).map((row) => {
    const base = 420 + row * 168;
    const size = 0.62 + row * 0.17;
    const houses = range(12).map(
      (house) => house * 250 * size - 120 * (row % 2) - 40 + random.between(-20, 20),
    );
    return houses
      .map((x, index) => roof(random, x, base + random.between(-22, 22), size, (index + row) % 3))
      .join('');
  });
  const gulls = [
    [300, 150, 1],
    [390, 190, 0.7],
    [1240, 130, 0.8],
    [760, 110, 0.6],
  ] as const;
  return {
    ...landscape,
    paper: ink.straw,
    art: [
      fill(ink.paper, circle(1180, 250, 130)),
      fill(
        ink.rose,
        engrave({ box: box(0, 0, 1600, 520), tone: fade(0, 520, 0.62, 0.12), gap: 15 }),
      ),
      ...rows,
      fill(
        ink.night,
        ...gulls.flatMap(([x, y, size]) => [
          stroke(x, y, -58 * size, 11 * size, 24, 14 * size),
          stroke(x, y, 58 * size, 11 * size, -24, -14 * size),
        ]),
      ),
    ],
  };
}

function roof(random: Random, x: number, eaves: number, size: number, kind: number): string {
  const [w, h] = [270 * size, (kind === 1 ? 150 : 124) * size];
  const colour = random.pick([ink.brick, ink.brick, ink.red, ink.slate]);
  const slope: Point[] =
    kind === 1
      ? [
          [x, eaves],
          [x + w / 2, eaves - h],
          [x + w, eaves],
        ]
      : [
          [x - 10, eaves],
          [x + 34 * size, eaves - h],
          [x + w - 34 * size, eaves - h],
          [x + w + 10, eaves],
        ];
  const wall = box(x, eaves - 4, w, 420);
  const tiles = {
    box: box(x - 10, eaves - h, w + 20, h),
    gap: 15 * size,
    angle: kind === 2 ? 90 : 0,
  };
  const pane = (left: number, top: number) => rect(left, top, 36 * size, 50 * size);
  const lit = random.chance(0.25);
  return [
    chimney(random, x + w * (kind === 1 ? 0.68 : 0.25), eaves - h * 0.72, size),
    fill(kind === 1 ? colour : ink.paper, cut(corners(wall), random, 2)),
    kind === 1
      ? fill(colour, cut(slope, random, 2)) +
        line(
          ink.night,
          11 * size,
          open([
            [x - 12, eaves + 8],
            [x + w / 2, eaves - h],
            [x + w + 12, eaves + 8],
          ]),
        )
      : fill(colour, cut(slope, random, 3)) +
        inside(
          poly(slope),
          fill(ink.night, engrave({ ...tiles, tone: (px) => 0.22 + ((px - x) / w) * 0.35 })),
        ),
    fill(
      ink.night,
      engrave({
        box: box(x + w * 0.55, eaves + 4, w * 0.45, 170),
        tone: (px) => ((px - x) / w) * 0.7 - 0.3,
        gap: 11,
        angle: 90,
      }),
    ),
    fill(
      lit ? ink.sun : ink.night,
      pane(x + w * 0.22, eaves + 30 * size),
      pane(x + w * 0.6, eaves + 30 * size),
    ),
    kind === 1 ? fill(ink.night, circle(x + w / 2, eaves - h * 0.4, 17 * size)) : '',
    line(
      ink.night,
      4,
      open([
        [x, eaves],
        [x, eaves + 300],
      ]),
      open([
        [x + w, eaves],
        [x + w, eaves + 300],
      ]),
    ),
  ].join('');
}

function chimney(random: Random, x: number, foot: number, size: number): string {
  const [w, h] = [46 * size, 118 * size];
  const smoke = random.chance(0.3)
    ? range(16).map((puff) =>
        stroke(
          x + w / 2 + puff * 15 * size,
          foot - h - 30 - puff * 9 * size + random.between(-9, 9),
          random.between(30, 80) * size,
          (5 + puff * 0.7) * size,
          -26,
          9,
        ),
      )
    : [];
  return [
    fill(ink.slate, ...smoke),
    fill(
      ink.night,
      cut(
        [
          [x, foot],
          [x, foot - h],
          [x + w, foot - h],
          [x + w, foot],
        ],
        random,
        2,
      ),
      rect(x - 6, foot - h - 6, w + 12, 14 * size),
      rect(x + 4, foot - h - 30 * size, 13 * size, 28 * size),
      rect(x + w - 17 * size, foot - h - 30 * size, 13 * size, 28 * size),
    ),
    fill(ink.brick, rect(x + 6, foot - h + 14, w * 0.4, h)),
  ].join('');
}

function towerBlock(random: Random) {
  const side = poly('1140,190 1390,280 1390,1810 1140,1790');
  const cells = range(15 * 6).map((cell) => ({
    x: 372 + (cell % 6) * 126,
    y: 236 + Math.floor(cell / 6) * 102,
  }));
  const colours = [ink.sun, ink.sun, ink.straw, ink.rose] as const;
  const windows = cells.map(({ x, y }) => {
    const lit = random.chance(0.27);
    const colour = lit ? random.pick(colours) : ink.night;
    const curtain = lit && random.chance(0.4) ? fill(ink.red, rect(x, y, 26, 56)) : '';
    const person =
      lit && random.chance(0.24)
        ? fill(
            ink.night,
            circle(x + 62, y + 24, 11),
            smooth([
              [x + 40, y + 56],
              [x + 46, y + 40],
              [x + 62, y + 34],
              [x + 80, y + 40],
              [x + 84, y + 56],
            ]),
          )
        : '';
    return (
      fill(colour, cut(corners(box(x, y, 96, 56)), random, 1.5)) +
      curtain +
      person +
      fill(ink.night, rect(x - 12, y + 60, 122, 8)) +
      line(
        ink.night,
        3,
        ...range(8).map((bar) =>
          open([
            [x - 8 + bar * 16, y + 46],
            [x - 8 + bar * 16, y + 64],
          ]),
        ),
        open([
          [x - 10, y + 46],
          [x + 108, y + 46],
        ]),
      )
    );
  });
  return {
    ...portrait,
    paper: ink.rose,
    art: [
      fill(
        ink.plum,
        engrave({ box: box(0, 0, 1600, 1500), tone: fade(0, 1500, 0.95, 0.08), gap: 18 }),
      ),
      fill(ink.paper, circle(230, 330, 96)),
      fill(
        ink.plum,
        cut(
          '-10,1480 180,1480 180,1400 300,1400 300,1520 470,1520 470,1440 640,1440 1380,1460 1380,1390 1500,1390 1500,1470 1610,1470 1610,1830 -10,1830',
          random,
          4,
        ),
      ),
      fill(ink.bone, cut('330,190 1140,190 1140,1800 330,1800', random, 3)),
      fill(
        ink.slate,
        engrave({
          box: box(330, 190, 810, 1600),
          tone: (x) => 0.08 + (x - 330) / 2600,
          gap: 13,
          angle: 90,
          step: 60,
        }),
      ),
      fill(ink.night, side),
      inside(
        side,
        fill(
          ink.plum,
          engrave({ box: box(1140, 190, 250, 1620), tone: () => 0.42, gap: 17, angle: 3 }),
        ),
        fill(ink.night, ...range(15).map((floor) => rect(1236, 290 + floor * 102, 60, 54))),
      ),
      fill(ink.sun, rect(1236, 596, 60, 54), rect(1236, 1310, 60, 54)),
      fill(
        ink.night,
        rect(310, 168, 850, 28),
        rect(880, 90, 150, 80),
        rect(420, 60, 7, 110),
        rect(452, 100, 6, 70),
      ),
      ...windows,
      towerFoot(random),
    ],
  };
}

function towerFoot(random: Random): string {
  const tree = (x: number, size: number) =>
    fill(
      ink.night,
      rect(x - 7, 1720, 14, 130),
      ...range(90).map(() => {
        const [turn, reach] = [random.between(0, 6.3), random.next() ** 0.5 * 110 * size];
        return stroke(
          x + Math.cos(turn) * reach,
          1640 + Math.sin(turn) * reach,
          random.between(26, 54),
          14,
          random.between(-70, 20),
          6,
        );
      }),
    );
  return [
    fill(ink.night, cut('-10,1790 1610,1800 1610,2010 -10,2010', random, 4)),
    fill(ink.sun, rect(660, 1722, 140, 78)),
    fill(ink.night, rect(726, 1722, 8, 78), rect(630, 1704, 200, 18)),
    fill(
      ink.sun,
      engrave({
        box: box(560, 1806, 340, 190),
        tone: (x, y) => (Math.abs(x - 730) < 70 + (y - 1800) * 0.5 ? 0.6 - (y - 1800) / 420 : 0),
        gap: 15,
      }),
    ),
    ...[90, 250, 1250, 1480].map((x, index) => tree(x, 0.8 + (index % 2) * 0.3)),
    fill(
      ink.rose,
      circle(930, 1812, 15),
      smooth('908,1900 912,1840 930,1826 950,1842 952,1900', true),
    ),
  ].join('');
}

function marketHall(random: Random) {
  const eye: Point = [800, 650];
  const at = (x: number, y: number, away: number): Point => [eye[0] + x / away, eye[1] + y / away];
  const depths = range(8).map((rib) => 6.2 / 1.32 ** rib);
  const arch = (r: number, away: number) =>
    range(33).map((step): Point => {
      const turn = Math.PI * (1 + step / 32);
      return at(Math.cos(turn) * r, -180 + Math.sin(turn) * r * 0.86, away);
    });
  const bars = range(17).map((bar) => {
    const turn = Math.PI * (1 + bar / 16);
    const [x, y] = [Math.cos(turn) * 800, -180 + Math.sin(turn) * 690];
    return open([at(x, y, 9), at(x, y, 0.6)]);
  });
  const rib = (away: number) => {
    const [outer, inner] = [arch(800, away), arch(730, away)];
    const braces = outer.flatMap((point, index) =>
      index % 2 ? [] : [open([inner[index - 1] ?? point, point, inner[index + 1] ?? point])],
    );
    const posts = [-1, 1].map((side) =>
      poly([
        at(side * 800, -180, away),
        at(side * 730, -180, away),
        at(side * 740, 360, away),
        at(side * 790, 360, away),
      ]),
    );
    return (
      line(ink.deep, 16 / away, open(outer), open(inner)) +
      line(ink.deep, 8 / away, ...braces) +
      fill(ink.deep, ...posts)
    );
  };
  const stalls = depths.flatMap((away, index) =>
    [-1, 1].map((side) => stall(random, at, side, away, index)),
  );
  return {
    ...landscape,
    paper: ink.paper,
    art: [
      fill(ink.mist, rect(0, 0, 1600, 700)),
      line(ink.sky, 4, ...bars),
      fill(ink.paper, ellipse(800, 620, 120, 108), rect(680, 620, 240, 80)),
      fill(
        ink.straw,
        poly([at(-800, 360, 9), at(800, 360, 9), at(800, 360, 0.5), at(-800, 360, 0.5)]),
      ),
      fill(
        ink.brick,
        ...range(22).map((plank) =>
          poly([
            at((plank - 11) * 110, 360, 8),
            at((plank - 11) * 110, 360, 0.6),
            at((plank - 11) * 110 + 14, 360, 0.6),
          ]),
        ),
      ),
      ...depths.flatMap((away, index) => [
        rib(away),
        stalls[index * 2] ?? '',
        stalls[index * 2 + 1] ?? '',
      ]),
      ...range(9).map((person) => shopper(random, at, person)),
    ],
  };
}

function stall(
  random: Random,
  at: (x: number, y: number, away: number) => Point,
  side: number,
  away: number,
  index: number,
): string {
  const colour = [ink.red, ink.deep, ink.sun][(index + (side > 0 ? 1 : 0)) % 3] ?? ink.red;
  const x = (share: number) => side * (360 + share * 330);
  const stripes = range(6).map((stripe) =>
    poly([
      at(x(stripe / 6), -10, away),
      at(x((stripe + 0.5) / 6), -10, away),
      at(x((stripe + 0.5) / 6), 70, away * 0.94),
      at(x(stripe / 6), 70, away * 0.94),
    ]),
  );
  const canopy = poly([
    at(x(0), -10, away),
    at(x(1), -10, away),
    at(x(1), 70, away * 0.94),
    at(x(0), 70, away * 0.94),
  ]);
  const goods = range(16).map((_, fruit) =>
    circle(...at(x((fruit + 0.5) / 16), 186 - random.between(0, 22), away), 17 / away),
  );
  return [
    fill(ink.night, rect(...at(side > 0 ? x(0) : x(1), 70, away), 330 / away, 130 / away)),
    fill(ink.sun, ...goods.filter(() => random.chance(0.6))),
    fill(ink.red, ...goods.filter(() => random.chance(0.4))),
    fill(ink.brick, rect(...at(side > 0 ? x(0) : x(1), 196, away), 330 / away, 164 / away)),
    fill(ink.paper, canopy),
    fill(colour, ...stripes),
    line(ink.night, 5 / away, canopy),
  ].join('');
}

function shopper(
  random: Random,
  at: (x: number, y: number, away: number) => Point,
  person: number,
): string {
  const away = 5.4 / 1.22 ** person;
  const [x, foot] = at(random.between(-250, 250), 365, away);
  const coat = person % 3 === 1 ? ink.red : ink.night;
  return placed(
    `translate(${x} ${foot}) scale(${1.1 / away})`,
    fill(coat, smooth('-48,-60 -52,-190 -30,-226 30,-226 52,-190 48,-60', true)),
    fill(
      ink.night,
      poly('-34,-70 -8,-70 -10,0 -32,0'),
      poly('8,-70 34,-70 32,0 10,0'),
      circle(0, -262, 32),
    ),
    person % 2
      ? fill(ink.sun, rect(50, -120, 44, 50)) +
          line(ink.night, 6, open('56,-118 60,-150 84,-150 88,-118'))
      : '',
  );
}
