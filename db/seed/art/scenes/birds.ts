import {
  box,
  circle,
  fill,
  inside,
  line,
  open,
  type Point,
  placed,
  poly,
  range,
  type Scene,
  smooth,
  square,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, swell, water } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';

export const birdsScenes: Record<string, Scene> = { tern: ternOverWater };

function ternOverWater(random: Random) {
  const swing = noise(random, 420);
  const sky = { box: box(0, 0, 1600, 1600), gap: 19, angle: -14 };
  const disc = (x: number, y: number) => Math.hypot(x - 930, y - 640) < 500;
  return {
    ...square,
    paper: ink.deep,
    art: [
      fill(
        ink.night,
        engrave({
          ...sky,
          tone: (x, y) => (disc(x, y) ? 0 : 0.15 + 0.55 * swing(x, y)),
          warp: (x, y) => swing(y, x) * 90,
        }),
      ),
      fill(ink.sun, circle(930, 640, 494)),
      fill(
        ink.deep,
        engrave({
          ...sky,
          tone: (x, y) => (disc(x, y) ? (y - 560) / 1100 : 0),
          warp: (x, y) => swing(y, x) * 90,
        }),
      ),
      fill(
        ink.paper,
        water(box(0, 1290, 1600, 330), random, { keep: (_, y) => (y - 1250) / 900, length: 7 }),
      ),
      placed('translate(800 760) rotate(38) skewX(-14) scale(1.02)', tern()),
    ],
  };
}

/** A common tern from above, flying up the sheet: 1,800 wide, from -400 to 600 in height, the body on the origin. */
export function tern(): string {
  const body = smooth(
    '0,-300 46,-262 60,-190 66,-80 62,40 44,170 20,250 -20,250 -44,170 -62,40 -66,-80 -60,-190 -46,-262',
    true,
  );
  const tail = '-46,150 -74,330 -128,590 -62,420 0,270 62,420 128,590 74,330 46,150';
  const cap = smooth('0,-306 46,-262 52,-206 26,-172 0,-160 -26,-172 -52,-206 -46,-262', true);
  return [
    fill(ink.paper, poly(tail)),
    line(
      ink.night,
      5,
      open('0,262 -40,200'),
      open('0,262 40,200'),
      open('-104,500 -40,240'),
      open('104,500 40,240'),
    ),
    wing(),
    placed('scale(-1 1)', wing()),
    fill(ink.paper, body),
    inside(
      body,
      fill(
        ink.slate,
        engrave({ box: box(-70, -170, 140, 430), tone: (x) => (x - 4) / 110, gap: 11, angle: 0 }),
      ),
    ),
    fill(ink.red, smooth('-17,-296 -10,-340 0,-420 10,-340 17,-296', true)),
    fill(ink.black, cap),
  ].join('');
}

function wing(): string {
  const front = '40,-140 150,-216 300,-262 470,-232 680,-118 900,96';
  const back = '760,30 700,30 650,-18 580,-8 530,-52 460,-34 400,-62 300,-30 220,-24 130,10 50,70';
  const outline = `${smooth(front)}L${back
    .split(' ')
    .map((pair) => pair.replace(',', ' '))
    .join('L')}Z`;
  const quills = range(15).map((quill): string => {
    const share = quill / 14;
    const tip: Point = [880 - 740 * share, 84 - 210 * share ** 0.45 + 130 * share ** 2];
    const root: Point = [380 - 250 * share, -200 + 40 * share];
    return swell(
      [root, [(root[0] + tip[0]) / 2 + 10, (root[1] + tip[1]) / 2 - 14], tip],
      (x) => 2 + ((x - 60) / 900) * 9,
    );
  });
  return [
    fill(ink.paper, outline),
    inside(
      outline,
      fill(
        ink.sky,
        engrave({
          box: box(40, -270, 880, 380),
          tone: (x, y) => 0.75 - (y + 270 - Math.max(0, x - 380) * 0.5) / 230,
          gap: 12,
          angle: 28,
        }),
      ),
      fill(ink.night, ...quills),
      fill(ink.night, poly('900,96 700,-90 560,-160 690,-60 780,60')),
    ),
    line(ink.night, 5, smooth(front)),
  ].join('');
}
