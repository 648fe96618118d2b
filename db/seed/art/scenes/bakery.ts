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
  placed,
  range,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, glow, rays, stroke } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const bakeryScenes: Record<string, Scene> = { 'bakery-oven': bakeryOven };

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
