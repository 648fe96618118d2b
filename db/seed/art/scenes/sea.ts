import {
  box,
  circle,
  corners,
  cut,
  fill,
  inside,
  landscape,
  line,
  open,
  type Point,
  poly,
  portrait,
  range,
  rect,
  type Scene,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, glow, speckle, stroke, swell, water } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';

export const seaScenes: Record<string, Scene> = { 'ferry-night': ferryNight, lighthouse };

function ferryNight(random: Random) {
  const [sky, below] = [box(0, 0, 1600, 640), box(0, 640, 1600, 427)];
  const swing = noise(random, 260);
  const warp = (x: number, y: number) => swing(x, y) * 16;
  const halo = glow([780, 560], 560);
  const decks = [box(300, 478, 905, 90), box(350, 396, 770, 84), box(880, 330, 190, 70)];
  const windows = decks.flatMap(({ x, y, w }) =>
    range((w - 50) / 40)
      .filter(() => random.chance(0.86))
      .map((place) => rect(x + 32 + place * 40, y + 28, 22, 30)),
  );
  const underShip = (x: number, y: number) => (x > 250 && x < 1330 ? 0.85 - (y - 690) / 420 : 0);
  const tone = (x: number, y: number) => halo(x, y * 1.15 - 60) * 0.5;
  return {
    ...landscape,
    paper: ink.night,
    art: [
      fill(ink.cobalt, engrave({ box: sky, tone: fade(60, 640, 0.03, 0.62), gap: 14, warp })),
      fill(ink.straw, engrave({ box: sky, tone, gap: 14, warp: (x, y) => warp(x, y) + 7 })),
      speckle(ink.paper, box(0, 0, 1600, 430), 130, random, 4),
      fill(ink.cobalt, water(below, random, { keep: fade(640, 1067, 0.9, 0.5) })),
      smoke(random),
      fill(
        ink.night,
        cut('226,560 1230,562 1392,524 1322,700 284,704', random),
        ...decks.map((deck) => cut(corners(deck), random, 2)),
        rect(1010, 220, 9, 120),
        rect(420, 250, 8, 160),
        rect(980, 250, 70, 6),
      ),
      fill(ink.red, poly('530,262 640,262 664,400 540,400')),
      fill(ink.night, poly('530,262 640,262 646,296 533,296')),
      line(ink.paper, 4, open('232,580 1238,582 1372,552')),
      fill(ink.red, cut('276,660 1336,656 1322,704 286,706', random, 2)),
      fill(ink.sun, ...windows, circle(1014, 214, 9), circle(424, 244, 8)),
      fill(ink.sun, ...range(13).map((port) => circle(360 + port * 66, 622, 9))),
      fill(ink.night, water(box(200, 690, 1240, 40), random, { keep: () => 0.8 })),
      fill(ink.sun, water(below, random, { keep: underShip, length: 3.2 })),
    ],
  };
}

function smoke(random: Random): string {
  const puffs = range(70).map((puff) => {
    const age = puff / 70;
    const x = 580 - age * 560 + random.between(-30, 30) * age;
    const y = 250 - age ** 0.6 * 150 + random.between(-46, 46) * (0.2 + age);
    const length = random.between(40, 130) * (0.4 + age);
    return stroke(x, y, -length, 5 + 9 * age, random.between(-4, 16), 12 * age);
  });
  return fill(ink.slate, ...puffs);
}

function lighthouse(random: Random) {
  const swing = noise(random, 300);
  const tower = '478,680 642,680 708,1480 412,1480';
  const spread = (x: number, y: number) =>
    x > 560 && Math.abs(y - 560 + (x - 560) * 0.16) < (x - 560) * 0.2;
  const beam = (x: number, y: number) => (spread(x, y) ? 0.75 - (x - 560) / 1700 : 0);
  const air = (x: number, y: number) => (spread(x, y) ? 0 : 0.12 + 0.5 * swing(x, y));
  const sky = { box: box(0, 0, 1600, 1640), gap: 17, angle: -9 };
  const warp = (x: number, y: number) => swing(x, y) * 30;
  const shade = (x: number, y: number) => (x - 560 - (y - 680) * 0.06) / 190;
  const rock =
    '120,1640 250,1500 380,1460 480,1440 690,1440 800,1490 930,1530 1010,1640 900,1760 80,1740';
  const cracks = range(60).map(() => {
    const [x, y] = [random.between(220, 860), random.between(1490, 1640)];
    return stroke(x, y, random.between(30, 110), 7, random.between(20, 60), 6);
  });
  return {
    ...portrait,
    paper: ink.night,
    art: [
      fill(ink.deep, engrave({ ...sky, tone: air, warp })),
      speckle(ink.paper, box(0, 0, 1600, 900), 120, random, 5),
      fill(ink.sun, poly('560,560 1600,186 1600,602'), poly('560,560 0,590 0,710')),
      fill(ink.paper, engrave({ ...sky, box: box(560, 100, 1040, 600), tone: beam })),
      fill(ink.paper, cut(tower, random, 3)),
      inside(
        poly(tower),
        fill(ink.red, ...range(3).map((band) => rect(380, 790 + band * 250, 360, 120))),
        fill(ink.night, engrave({ box: box(380, 680, 360, 800), tone: shade, gap: 13 })),
        fill(ink.night, ...range(3).map((pane) => rect(540, 730 + pane * 250, 26, 40))),
      ),
      lantern(random),
      fill(ink.black, cut(rock, random, 12)),
      fill(ink.slate, ...cracks),
      breakers(random),
    ],
  };
}

function lantern(random: Random): string {
  const bars = range(5).map((bar) =>
    open([
      [490 + bar * 35, 480],
      [490 + bar * 35, 650],
    ]),
  );
  const posts = range(9).map((post) =>
    open([
      [434 + post * 31.5, 612],
      [434 + post * 31.5, 650],
    ]),
  );
  return [
    fill(ink.black, cut('440,650 680,650 664,690 456,690', random, 2)),
    fill(ink.black, cut('470,470 650,470 560,380', random, 2)),
    fill(ink.black, rect(554, 330, 12, 60), rect(470, 462, 180, 18)),
    fill(ink.sun, rect(490, 482, 140, 168)),
    fill(ink.paper, circle(560, 560, 46)),
    line(ink.black, 7, ...bars),
    line(ink.black, 5, open('430,612 690,612'), ...posts),
  ].join('');
}

function breakers(random: Random): string {
  const rows = range(7).map((row) => {
    const [y, length] = [1590 + row * 66, 300 + row * 40];
    const crest = range(100).map((step): Point => {
      const phase = ((step * 18 + row * 170) % length) / length;
      const height = 70 * (0.7 + row * 0.08);
      return [step * 18 - 100, y - height * Math.sin(Math.PI * phase ** 1.8) ** 2];
    });
    const ridges = range(5).map((ridge) => {
      const under = crest.map(([x, top]): Point => [x, top + 18 + ridge * 13]);
      const worn = (x: number) => ((x * 7 + ridge * 40 + 700) % 90) / 26;
      return swell(under, (x, top) => 7 - ridge + (y - top) / 16 + random.between(-3, 2) - worn(x));
    });
    const [body, lines] = row % 2 ? [ink.night, ink.sky] : [ink.deep, ink.paper];
    return [
      fill(body, poly([...crest, [1700, 2000], [-100, 2000]])),
      fill(
        ink.paper,
        swell(crest, (_, top) => 3 + (y - top) / 6),
      ),
      fill(lines, ...ridges),
    ].join('');
  });
  return rows.join('');
}
