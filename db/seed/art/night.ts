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
} from './draw.ts';
import { ink } from './inks.ts';
import { engrave, fade, glow, halftone, rays, stroke, water } from './marks.ts';
import type { Random } from './random.ts';

export const night: Record<string, Scene> = {
  'bakery-oven': bakeryOven,
  'night-bus': nightBus,
  lamps,
  'hospital-window': hospitalWindow,
};

function bakeryOven(random: Random) {
  const mouth: Point = [560, 500];
  const arch = (r: number) => `M${560 - r} 640V500a${r} ${r} 0 0 1 ${2 * r} 0V640Z`;
  const heat = glow(mouth, 1500, 0.8);
  const bricks = range(17).map((brick) => {
    const turn = Math.PI + ((brick + 0.5) / 17) * Math.PI;
    const place = `translate(${mouth[0] + Math.cos(turn) * 282} ${mouth[1] + Math.sin(turn) * 282})`;
    const block = cut('-36,-24 36,-24 36,24 -36,24', random, 3);
    return placed(`${place} rotate(${(turn * 180) / Math.PI})`, fill(ink.brick, block));
  });
  const loaf = (x: number, y: number, size = 1) =>
    placed(
      `translate(${x} ${y}) scale(${size})`,
      fill(ink.brick, smooth('-88,20 -78,-26 0,-52 78,-26 88,20 0,30', true)),
      fill(ink.sun, ...range(3).map((slash) => stroke(-58 + slash * 42, 2, 46, 17, -58, 4))),
    );
  return {
    ...landscape,
    paper: ink.night,
    art: [
      fill(
        ink.red,
        rays(mouth, { from: 300, to: 1600, count: 110 }, (x, y) => heat(x, y) * 0.75 - 0.16),
      ),
      fill(
        ink.sun,
        rays(mouth, { from: 300, to: 1300, count: 110 }, (x, y) => heat(x, y) * 0.62 - 0.2),
      ),
      ...bricks,
      fill(ink.red, arch(246)),
      fill(
        ink.sun,
        engrave({
          box: box(314, 254, 492, 386),
          tone: (x, y) => glow([560, 600], 420)(x, y) * 1.15 - 0.1,
          gap: 13,
        }),
      ),
      inside(
        arch(246),
        fill(
          ink.sun,
          ...range(30).map((flame) =>
            stroke(
              330 + flame * 16,
              640,
              random.between(60, 210),
              34,
              random.between(-104, -76),
              16,
            ),
          ),
        ),
      ),
      loaf(470, 620, 0.8),
      loaf(650, 620, 0.8),
      fill(ink.night, cut('200,640 930,640 930,684 200,684', random, 3)),
      fill(
        ink.brick,
        ...range(4).flatMap((row) =>
          range(8).map((brick) =>
            cut(corners(box(196 + brick * 94 - (row % 2) * 40, 694 + row * 46, 82, 36)), random, 3),
          ),
        ),
      ),
      baker(random),
      fill(ink.night, cut('-10,880 1610,850 1610,1080 -10,1080', random, 4)),
      line(ink.red, 5, open('-10,880 1610,850')),
      ...range(7).map((place) =>
        loaf(120 + place * 220 + random.between(-20, 20), 940 + (place % 2) * 44, 1.1),
      ),
    ],
  };
}

function baker(random: Random): string {
  const body = smooth('1110,1000 1096,760 1110,570 1160,448 1270,420 1360,480 1400,640 1420,1000');
  const apron = smooth('1104,1000 1092,770 1112,600 1160,500 1230,520 1226,700 1250,1000', true);
  const folds = range(16).map(() => {
    const [x, y] = [random.between(1130, 1236), random.between(560, 860)];
    return stroke(x, y, random.between(50, 150), 6, random.between(80, 98), 5);
  });
  return [
    line(ink.night, 24, open('700,630 1560,492')),
    line(ink.straw, 7, open('700,624 1560,486')),
    fill(ink.night, body),
    fill(ink.straw, apron),
    fill(ink.brick, ...folds),
    fill(ink.straw, smooth('1152,350 1136,384 1158,398 1190,430 1250,430 1280,340 1160,300', true)),
    fill(ink.night, smooth('1196,300 1300,290 1310,420 1250,440 1232,390 1206,360', true)),
    fill(ink.paper, smooth('1136,306 1120,230 1180,196 1260,206 1310,250 1300,312 1220,300', true)),
    fill(ink.brick, ...range(5).map((pleat) => stroke(1180 + pleat * 28, 220, 74, 7, 80))),
    line(ink.night, 62, smooth('1230,500 1130,590 1050,578')),
    line(ink.straw, 40, smooth('1120,584 1066,580 1016,582')),
    line(ink.night, 58, smooth('1350,520 1420,600 1390,530')),
    fill(ink.straw, circle(1382, 520, 30)),
  ].join('');
}

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

function lamps(random: Random) {
  const eye: Point = [700, 560];
  const posts = range(6)
    .map((post) => 1.05 * 1.5 ** post)
    .reverse();
  const at = (across: number, up: number, away: number): Point => [
    eye[0] + across / away,
    eye[1] + up / away,
  ];
  const wall = (side: number) =>
    poly([
      at(side * 900, -1500, 1),
      at(side * 900, -1500, 16),
      at(side * 900, 420, 16),
      at(side * 900, 420, 0.5),
      at(side * 900, -1500, 0.5),
    ]);
  const panes = [-1, 1].flatMap((side) =>
    range(15).flatMap((house) =>
      [-900, -560, -180].map((up) => {
        const [near, far] = [0.9 + house * 0.42, 0.9 + house * 0.42 + 0.18];
        return poly([
          at(side * 900, up, near),
          at(side * 900, up, far),
          at(side * 900, up + 190, far),
          at(side * 900, up + 190, near),
        ]);
      }),
    ),
  );
  const light = (x: number, y: number) =>
    posts.reduce(
      (sum, away) =>
        Math.max(
          sum,
          glow(at(-470, -400, away), 620 / away, 1.3)(x, y),
          glow(at(600, -400, away * 1.22), 520 / away, 1.3)(x, y),
        ),
      0,
    );
  const sides = [wall(-1), wall(1)];
  return {
    ...landscape,
    paper: ink.night,
    art: [
      fill(
        ink.cobalt,
        engrave({ box: box(0, 0, 1600, 600), tone: fade(0, 600, 0.1, 0.7), gap: 14 }),
      ),
      fill(ink.night, ...sides),
      fill(ink.cobalt, ...panes),
      fill(
        ink.cobalt,
        rays(eye, { from: 60, to: 1300, count: 120 }, (_x, y) => (y > 600 ? 0.22 : 0)),
      ),
      halftone(ink.sun, {
        box: box(0, 0, 1600, 1067),
        tone: (x, y) => light(x, y) * (y < 760 ? 0.6 : 0.25),
        gap: 15,
      }),
      ...posts
        .flatMap(
          (away) =>
            [
              [-470, away],
              [600, away * 1.22],
            ] as const,
        )
        .map(([across, away]) => {
          const [[x, foot], [, top]] = [at(across, 420, away), at(across, -400, away)];
          return lamp(random, x, foot, top, 1 / away);
        }),
    ],
  };
}

function lamp(random: Random, x: number, foot: number, top: number, size: number): string {
  const shine = range(22 * Math.sqrt(size)).map((mark) =>
    stroke(
      x + random.between(-70, 30) * size,
      foot + mark * 20 * Math.sqrt(size) + 8,
      random.between(40, 110) * size,
      9 * size,
      0,
    ),
  );
  return [
    fill(ink.sun, ...shine),
    fill(
      ink.black,
      poly([
        [x - 15 * size, foot],
        [x - 7 * size, top],
        [x + 7 * size, top],
        [x + 15 * size, foot],
      ]),
      rect(x - 30 * size, foot - 60 * size, 60 * size, 60 * size),
    ),
    fill(
      ink.paper,
      poly([
        [x - 52 * size, top - 130 * size],
        [x + 52 * size, top - 130 * size],
        [x + 30 * size, top],
        [x - 30 * size, top],
      ]),
    ),
    fill(
      ink.black,
      poly([
        [x - 66 * size, top - 126 * size],
        [x + 66 * size, top - 126 * size],
        [x, top - 196 * size],
      ]),
    ),
    line(
      ink.black,
      6 * size,
      open([
        [x, top - 130 * size],
        [x, top],
      ]),
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
