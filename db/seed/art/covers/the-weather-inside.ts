import {
  box,
  circle,
  cut,
  fill,
  inside,
  line,
  mix,
  open,
  type Point,
  placed,
  poly,
  range,
  rect,
  smooth,
} from '#db/seed/art/draw.ts';
import { engrave, fade, stroke, swell } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';
import type { CoverDesign } from './design.ts';

const [calm, storm, foam, rust] = ['#a3c9ba', '#281a3c', '#f8efdc', '#e0632a'];
const walls = '300,1560 300,880 750,520 1200,880 1200,1560';

/** A still day, and a house with a gale in it. */
export const theWeatherInside: CoverDesign = {
  paper: calm,
  masthead: storm,
  small: storm,
  title: { colour: foam, left: 92, top: 1632, width: 1316, align: 'left', size: 162 },
  draw: (random) => [
    fill(foam, circle(1290, 620, 92)),
    fill(
      storm,
      engrave({ box: box(0, 1180, 1500, 400), tone: fade(1180, 1580, 0, 0.22), gap: 17 }),
    ),
    fill(rust, cut('-20,1560 1520,1548 1520,2020 -20,2020', random, 4, 90)),
    fill(
      storm,
      ...range(9).map((furrow) =>
        stroke(random.between(-60, 300) + furrow * 140, 1584 + (furrow % 3) * 18, 300, 8),
      ),
    ),
    washing(random),
    chimney(random),
    fill(storm, poly(walls)),
    inside(poly(walls), ...gale(random), ...swellingSea(random)),
    roof(random),
  ],
};

function gale(random: Random): string[] {
  const boil = noise(random, 150);
  const rolls = range(34).map((roll) => {
    const points = range(44).map((step): Point => {
      const [x, y] = [280 + step * 22, 540 + roll * 15];
      return [x, y + 96 * (boil(x, y) - 0.5) - 30 * Math.sin((x - 300) / 180 + roll / 9)];
    });
    return swell(points, (x, y) => (boil(x * 0.7, y * 1.5) - 0.3) * mix(26, 12, roll / 34));
  });
  const rain = range(150).map(() =>
    stroke(random.between(330, 1290), random.between(900, 1290), random.between(90, 200), 6, 112),
  );
  return [
    fill(foam, ...rolls),
    fill(
      storm,
      ...rain.map((_, drop) =>
        drop % 3 ? '' : stroke(random.between(330, 1290), random.between(820, 1000), 160, 9, 112),
      ),
    ),
    fill(calm, ...rain),
    fill(rust, poly('906,720 800,968 872,962 776,1200 990,912 912,922 1010,720')),
    line(storm, 6, poly('906,720 800,968 872,962 776,1200 990,912 912,922 1010,720')),
  ];
}

function swellingSea(random: Random): string[] {
  return range(4).flatMap((row) => {
    const [y, long] = [1270 + row * 84, 330 + row * 36];
    const crest = range(80).map((step): Point => {
      const x = 280 + step * 12;
      const phase = ((x + row * 150) % long) / long;
      return [x, y - (84 + row * 8) * Math.sin(Math.PI * phase ** 1.7) ** 2];
    });
    const ridges = range(5).map((ridge) =>
      swell(
        crest.map(([x, top]): Point => [x, top + 20 + ridge * 15]),
        (x, top) => 8 - ridge + (y - top) / 15 - ((x * 5 + ridge * 40) % 110) / 26,
      ),
    );
    const wave = [
      fill(storm, poly([...crest, [1260, 1600], [280, 1600]])),
      fill(
        foam,
        swell(crest, (_, top) => 5 + (y - top) / 6),
      ),
      fill(row % 2 ? calm : foam, ...ridges),
    ];
    return row === 1 ? [armchair(random), ...wave] : wave;
  });
}

/** Somebody who reads on. */
function armchair(random: Random): string {
  const chair = smooth(
    '-150,150 -164,10 -140,-30 -104,-40 -104,-190 -70,-226 20,-226 50,-190 60,-30 110,-30 138,0 130,150',
    true,
  );
  return placed(
    'translate(610 1236) rotate(-9)',
    line(foam, 9, open('168,150 168,-270')),
    fill(rust, poly('112,-250 224,-250 200,-340 136,-340')),
    fill(foam, ...range(7).map((ray) => stroke(118 + ray * 17, -236, 56, 8, 130 - ray * 13))),
    fill(rust, chair),
    line(foam, 7, chair),
    fill(
      storm,
      ...range(12).map(() =>
        stroke(
          random.between(-120, 80),
          random.between(20, 130),
          random.between(30, 70),
          6,
          random.between(70, 100),
        ),
      ),
    ),
    fill(
      storm,
      smooth(
        '-64,20 -70,-90 -40,-130 20,-124 44,-70 60,0 140,10 150,90 176,140 130,150 96,60 -20,64',
        true,
      ),
    ),
    fill(foam, circle(4, -170, 40)),
    fill(storm, smooth('-40,-166 -38,-214 10,-222 40,-196 0,-186 -14,-150', true)),
    fill(foam, poly('44,-92 104,-110 128,-50 68,-32'), poly('104,-110 150,-128 172,-70 128,-50')),
    line(storm, 5, open('104,-110 128,-50')),
    line(storm, 26, smooth('-20,-90 20,-50 76,-56')),
  );
}

function roof(random: Random): string {
  return [
    fill(storm, cut('210,912 750,466 1290,912 1250,960 750,548 250,960', random, 4, 80)),
    line(foam, 6, open('262,932 750,528 1238,932')),
    line(storm, 22, open('300,900 300,1566'), open('1200,900 1200,1566')),
    line(storm, 22, open('290,1562 1210,1562')),
  ].join('');
}

function chimney(random: Random): string {
  const puffs = range(14).map((puff) =>
    stroke(
      1010 + puff * 12 + random.between(-8, 8),
      512 - puff * 4 + random.between(-12, 12),
      random.between(50, 120),
      8 + puff * 0.5,
      -22,
      14,
    ),
  );
  return (
    fill(storm, cut('950,760 950,540 1050,540 1050,800', random, 3), rect(936, 524, 128, 30)) +
    fill(foam, ...puffs)
  );
}

function washing(random: Random): string {
  const sock = (x: number) =>
    poly([
      [x, 1206],
      [x + 34, 1206],
      [x + 34, 1290],
      [x + 66, 1310],
      [x + 60, 1334],
      [x, 1330],
    ]);
  return [
    line(storm, 13, open('1440,1556 1440,1170')),
    line(storm, 5, smooth('1200,1170 1320,1204 1440,1184')),
    line(storm, 5, smooth('1440,1184 1480,1196 1540,1190')),
    fill(foam, cut('1226,1188 1326,1204 1322,1340 1230,1336', random, 3)),
    fill(rust, sock(1352)),
    line(storm, 13, open('66,1556 66,1190')),
    line(storm, 5, smooth('-30,1216 66,1204 190,1236 300,1196')),
    fill(
      rust,
      cut(
        '110,1220 152,1232 152,1250 182,1244 222,1234 238,1300 214,1306 210,1420 122,1420 122,1300 96,1290',
        random,
        2,
      ),
    ),
  ].join('');
}
