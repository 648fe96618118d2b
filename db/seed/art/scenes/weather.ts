import {
  box,
  circle,
  cut,
  ellipse,
  fill,
  landscape,
  line,
  mix,
  open,
  over,
  type Point,
  poly,
  range,
  rect,
  type Scene,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, stroke, swell } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';

export const weatherScenes: Record<string, Scene> = {
  'storm-front': stormFront,
  'weather-station': weatherStation,
};

function stormFront(random: Random) {
  const boil = noise(random, 170);
  const shelf = (x: number) =>
    640 - 520 * (Math.max(0, x) / 1600) ** 2.1 + 46 * Math.sin(x / 118) * (0.4 + x / 2600);
  const edge = range(68).map((step): Point => [step * 24, shelf(step * 24)]);
  const rolls = range(46).map((roll) => {
    const lift = 6 + roll * 15 + roll ** 1.5 * 0.6;
    const points = edge.map(([x, y]): Point => [x, y - lift + 70 * (boil(x, y - lift) - 0.5)]);
    return swell(points, (x, y) => (boil(x * 0.8, y * 1.3) - 0.22) * mix(24, 8, roll / 46));
  });
  const rain = range(230).map(() => {
    const x = random.between(-60, 820);
    return stroke(x + 60, shelf(x) + random.between(-60, 90), random.between(120, 330), 5, 108);
  });
  return {
    ...landscape,
    paper: ink.straw,
    art: [
      fill(
        ink.sun,
        engrave({ box: box(0, 300, 1600, 520), tone: fade(300, 820, 0.05, 0.75), gap: 14 }),
      ),
      fill(ink.night, poly([...edge, [1610, -10], [-10, -10]])),
      fill(ink.slate, ...rolls),
      fill(
        ink.paper,
        swell(edge, (x, y) => boil(y, x) * 9 + x / 300),
      ),
      over(fill(ink.slate, ...rain), 0, 0),
      flatLand(random),
    ],
  };
}

function flatLand(random: Random): string {
  const furrows = range(15).map((furrow) =>
    poly([
      [1010, 812],
      [furrow * 330 - 1500, 1080],
      [furrow * 330 - 1400, 1080],
    ]),
  );
  const hedges = range(60).map(() =>
    stroke(random.between(-20, 1600), random.between(806, 822), random.between(30, 90), 14),
  );
  return [
    fill(ink.moss, cut('-10,812 1610,806 1610,1080 -10,1080', random, 3)),
    fill(ink.night, ...furrows, ...hedges),
    fill(
      ink.night,
      poly('1164,812 1164,764 1146,764 1196,726 1260,726 1302,764 1290,764 1290,812'),
      rect(1236, 708, 14, 30),
    ),
    fill(ink.sun, rect(1184, 776, 16, 20), rect(1254, 776, 16, 20)),
    fill(
      ink.night,
      rect(1392, 690, 34, 122),
      poly('1386,692 1432,692 1409,592'),
      poly('1424,760 1500,760 1500,812 1424,812'),
    ),
    fill(
      ink.night,
      ...range(5).map((tree) =>
        ellipse(90 + tree * 64 + random.between(-12, 12), 800, 20, random.between(22, 46)),
      ),
    ),
  ].join('');
}

function weatherStation(random: Random) {
  const gusts = noise(random, 330);
  const heath = range(1100).map(() => {
    const y = 690 + 400 * random.next() ** 1.5;
    const size = (y - 600) / 7;
    return stroke(random.between(-30, 1620), y, size, size / 5, random.between(-70, -35), size / 9);
  });
  const ridge = '-10,700 260,676 520,690 900,652 1250,684 1610,656 1610,1080 -10,1080';
  return {
    ...landscape,
    paper: ink.paper,
    art: [
      fill(
        ink.sky,
        engrave({
          box: box(0, 0, 1600, 720),
          tone: (x, y) => gusts(x * 0.5, y * 2) * 0.85 - 0.14,
          gap: 15,
          warp: (x, y) => 60 * gusts(x, y),
        }),
      ),
      fill(ink.plum, cut(ridge, random, 4)),
      fill(ink.rose, ...heath.filter((_, index) => index % 3 === 0)),
      fill(ink.moss, ...heath.filter((_, index) => index % 3 === 1)),
      screenBox(random),
      anemometer(),
      fill(ink.night, ...heath.filter((_, index) => index % 12 === 2)),
    ],
  };
}

function screenBox(random: Random): string {
  const slats = range(13).map((slat) => 366 + slat * 27);
  return [
    line(
      ink.night,
      22,
      open('436,740 420,960'),
      open('840,740 858,960'),
      open('486,730 476,900'),
      open('800,730 806,900'),
    ),
    line(ink.night, 12, open('430,860 850,860')),
    fill(ink.paper, cut('420,330 860,330 860,738 420,738', random, 2)),
    fill(
      ink.night,
      ...slats.map((y) =>
        cut(
          [
            [448, y],
            [626, y],
            [626, y + 11],
            [448, y + 11],
          ],
          random,
          1.5,
        ),
      ),
      ...slats.map((y) =>
        cut(
          [
            [654, y],
            [832, y],
            [832, y + 11],
            [654, y + 11],
          ],
          random,
          1.5,
        ),
      ),
    ),
    over(fill(ink.sky, rect(654, 340, 206, 396)), 4, 2),
    line(ink.night, 8, poly('420,330 860,330 860,738 420,738'), open('640,340 640,738')),
    fill(ink.paper, cut('386,296 894,296 880,336 400,336', random, 2)),
    line(ink.night, 8, poly('386,296 894,296 880,336 400,336')),
    fill(ink.red, circle(622, 540, 11)),
  ].join('');
}

function anemometer(): string {
  const cup = (turn: number) => {
    const [dx, dy] = [Math.cos(turn) * 128, Math.sin(turn) * 30];
    return (
      line(
        ink.night,
        8,
        open([
          [1200, 226],
          [1200 + dx, 226 + dy],
        ]),
      ) + fill(ink.red, `M${1200 + dx} ${196 + dy}a30 30 0 0 ${dx > 0 ? 1 : 0} 0 60z`)
    );
  };
  return [
    line(ink.night, 16, open('1200,960 1200,226')),
    line(ink.night, 4, open('1200,420 1010,890'), open('1200,420 1390,880')),
    ...[0.3, 2.4, 4.5].map(cup),
    fill(ink.night, circle(1200, 222, 17)),
    line(ink.night, 9, open('1090,356 1330,356')),
    fill(ink.night, poly('1060,356 1104,338 1104,374'), poly('1300,356 1352,318 1352,394')),
  ].join('');
}
