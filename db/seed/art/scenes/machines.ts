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
import { engrave, fade, stroke, swell } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const machinesScenes: Record<string, Scene> = {
  'printing-press': printingPress,
  typewriter,
};

function printingPress(random: Random) {
  const sheets = range(5).map((sheet) =>
    placed(
      `translate(${150 + sheet * 330} 96) rotate(${random.between(-5, 5)})`,
      fill(ink.paper, cut(corners(box(-78, 0, 156, 200)), random, 3)),
      fill(
        sheet % 2 ? ink.red : ink.night,
        ...range(4).map((row) => stroke(-54, 104 + row * 22, 108, 8)),
      ),
      fill(sheet % 2 ? ink.night : ink.red, circle(0, 56, 30)),
      fill(ink.brick, rect(-56, -10, 11, 28), rect(46, -10, 11, 28)),
    ),
  );
  return {
    ...landscape,
    paper: ink.straw,
    art: [
      fill(ink.sun, engrave({ box: box(0, 0, 1600, 880), tone: fade(0, 880, 0.1, 0.66), gap: 15 })),
      line(ink.night, 4, smooth('-20,84 400,104 800,92 1200,106 1620,84')),
      ...sheets,
      fill(ink.brick, cut('-10,880 1610,880 1610,1080 -10,1080', random, 3)),
      fill(
        ink.night,
        engrave({ box: box(0, 884, 1600, 190), tone: fade(884, 1067, 0.5, 0.15), gap: 15 }),
      ),
      pressFrame(random),
      pressBed(random),
    ],
  };
}

function pressFrame(random: Random): string {
  return [
    fill(
      ink.night,
      cut('560,940 620,860 1080,860 1140,940 1090,940 1050,900 650,900 610,940', random, 2),
    ),
    fill(
      ink.night,
      smooth('640,870 620,640 640,420 660,330 740,300 960,300 1040,330 1060,420 1080,640 1060,870'),
      'M640 866h420v16H640z',
    ),
    fill(ink.straw, smooth('708,780 706,560 716,430 760,396 940,396 984,430 994,560 992,780')),
    inside(
      smooth('708,780 706,560 716,430 760,396 940,396 984,430 994,560 992,780'),
      fill(ink.sun, engrave({ box: box(690, 390, 320, 400), tone: () => 0.55, gap: 15 })),
    ),
    fill(
      ink.night,
      cut('780,220 920,220 960,306 740,306', random, 2),
      circle(850, 190, 38),
      rect(838, 130, 24, 40),
      circle(850, 128, 17),
    ),
    fill(ink.red, circle(850, 350, 25), smooth('664,470 676,360 720,332 690,420 684,640', true)),
    line(
      ink.sun,
      5,
      smooth('652,820 640,640 656,440 680,352'),
      smooth('1048,820 1060,640 1044,440 1020,352'),
    ),
    fill(
      ink.night,
      rect(824, 390, 52, 160),
      rect(806, 430, 88, 26),
      rect(806, 476, 88, 26),
      cut('730,546 970,546 980,606 720,606', random, 2),
    ),
    line(ink.night, 25, smooth('860,466 1010,470 1130,450 1290,490')),
    line(ink.red, 35, open('1226,472 1330,506')),
    fill(ink.paper, stroke(746, 562, 208, 7)),
  ].join('');
}

function pressBed(random: Random): string {
  const spokes = range(4).map((spoke) =>
    open([
      [850 + Math.cos(spoke * 0.785) * 62, 790 + Math.sin(spoke * 0.785) * 62],
      [850 - Math.cos(spoke * 0.785) * 62, 790 - Math.sin(spoke * 0.785) * 62],
    ]),
  );
  return [
    fill(
      ink.night,
      cut('190,704 1330,704 1330,738 190,738', random, 2),
      rect(250, 738, 26, 170),
      rect(226, 900, 74, 20),
    ),
    fill(ink.slate, cut('250,648 720,648 720,702 250,702', random, 2)),
    fill(ink.paper, ...range(21).map((type) => rect(262 + type * 22, 640, 15, 26))),
    fill(ink.night, ...range(21).map((type) => rect(262 + type * 22, 632, 15, 13))),
    line(ink.night, 13, open('256,644 120,300'), open('120,300 40,560')),
    placed(
      'translate(256 644) rotate(-111.6)',
      fill(ink.paper, rect(30, -16, 300, 14)),
      fill(ink.red, stroke(60, -10, 220, 7)),
    ),
    fill(ink.night, circle(850, 790, 84)),
    fill(ink.straw, circle(850, 790, 66)),
    line(ink.night, 11, ...spokes),
    line(ink.night, 19, open('850,790 930,868')),
    fill(ink.red, circle(940, 878, 23)),
    placed(
      'translate(1210 700)',
      fill(
        ink.paper,
        ...range(7).map((sheet) =>
          cut(corners(box(-90 + random.between(-6, 6), -12 - sheet * 11, 200, 9)), random, 1),
        ),
      ),
    ),
  ].join('');
}

function typewriter(random: Random) {
  const lines = range(8).map((row) =>
    range(row === 7 ? 4 : 9)
      .filter(() => random.chance(0.88))
      .map((word) => stroke(590 + word * 48, 122 + row * 34, random.between(22, 42), 9)),
  );
  const rows = range(4).flatMap((row) =>
    range(11 - (row === 3 ? 1 : 0)).map(
      (place): Point => [462 + place * (66 + row * 5) - row * 20 + (row % 2) * 16, 700 + row * 70],
    ),
  );
  const body = '330,560 1270,560 1330,650 1440,990 160,990 270,650';
  return {
    ...landscape,
    paper: ink.sun,
    art: [
      fill(
        ink.red,
        engrave({ box: box(0, 0, 1600, 1067), tone: fade(0, 900, 0.04, 0.62), gap: 16 }),
      ),
      over(fill(ink.brick, cut('120,1010 1500,1010 1560,1067 60,1067', random, 3)), 0, 0),
      fill(ink.paper, cut('540,70 1060,70 1064,470 536,470', random, 3)),
      fill(ink.night, ...lines.flat()),
      fill(
        ink.night,
        cut('250,420 1350,420 1350,520 250,520', random, 2),
        rect(190, 440, 70, 60),
        rect(1340, 440, 70, 60),
      ),
      fill(
        ink.slate,
        engrave({ box: box(262, 424, 1076, 92), tone: fade(424, 516, 0.62, 0.05), gap: 11 }),
      ),
      fill(
        ink.deep,
        cut(corners(box(150, 424, 52, 92)), random, 2),
        cut(corners(box(1398, 424, 52, 92)), random, 2),
      ),
      line(ink.paper, 9, open('250,420 150,356 120,362')),
      fill(ink.deep, cut(body, random, 3)),
      inside(
        poly(body),
        fill(
          ink.night,
          engrave({
            box: box(160, 560, 1290, 440),
            tone: (x, y) => 0.1 + Math.abs(x - 700) / 1500 + (y - 560) / 2400,
            gap: 14,
            angle: 90,
            step: 40,
          }),
        ),
      ),
      fill(ink.night, cut('470,548 1130,548 1080,640 520,640', random, 2)),
      fill(
        ink.paper,
        ...range(25).map((bar) =>
          swell(
            [
              [800 + (bar - 12) * 25, 560],
              [800 + (bar - 12) * 13, 632],
            ],
            () => 5,
          ),
        ),
      ),
      ...[420, 1180].map(
        (x) =>
          fill(ink.night, ellipse(x, 596, 82, 30)) +
          fill(ink.red, ellipse(x, 590, 70, 23)) +
          fill(ink.night, ellipse(x, 590, 18, 7)),
      ),
      fill(ink.night, cut('380,660 1230,660 1330,968 270,968', random, 3)),
      ...rows.map(
        ([x, y]) =>
          fill(ink.black, ellipse(x, y + 10, 31, 26)) +
          fill(ink.paper, ellipse(x, y, 30, 24)) +
          line(ink.slate, 4, ellipse(x, y, 23, 17)),
      ),
      fill(ink.paper, cut('520,944 1090,944 1096,972 514,972', random, 2)),
    ],
  };
}
