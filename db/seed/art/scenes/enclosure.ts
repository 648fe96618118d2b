import {
  box,
  circle,
  fill,
  inside,
  landscape,
  line,
  mix,
  over,
  type Point,
  poly,
  range,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, halftone, stroke } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const enclosureScenes: Record<string, Scene> = { fences };

function fences(random: Random) {
  const parcels = parcelled(
    [
      [-60, -60],
      [1660, -60],
      [1660, 1130],
      [-60, 1130],
    ],
    random,
    5,
  );
  const green = smooth(
    '500,360 640,290 790,316 930,262 1050,352 1020,470 1100,590 1010,716 850,690 740,790 610,720 470,736 410,600 470,500',
    true,
  );
  const lanes = [
    '700,520 400,300 200,-20',
    '700,520 1000,420 1620,330',
    '700,520 760,800 640,1090',
  ];
  const tufts = range(120).map(() =>
    stroke(
      random.between(440, 1040),
      random.between(300, 740),
      random.between(10, 22),
      5,
      random.between(-110, -70),
      3,
    ),
  );
  const trees = parcels.flatMap((parcel) => hedgeTrees(parcel, random));
  return {
    ...landscape,
    paper: ink.paper,
    art: [
      ...parcels.map((parcel) => crop(parcel, random)),
      line(ink.night, 5, ...parcels.map(poly)),
      fill(ink.night, ...trees),
      fill(ink.paper, green),
      inside(green, over(fill(ink.leaf, green), 6, -5), fill(ink.moss, ...tufts)),
      line(ink.night, 7, green),
      line(ink.paper, 17, ...lanes.map((lane) => smooth(lane))),
    ],
  };
}

/** The land cut in two, and each half again, until the parcels are small enough. */
function parcelled(land: readonly Point[], random: Random, times: number): (readonly Point[])[] {
  if (times === 0 || (times < 2 && random.chance(0.35))) return [land];
  const [xs, ys] = [land.map(([x]) => x), land.map(([, y]) => y)];
  const [w, h] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
  const through: Point = [
    Math.min(...xs) + w * random.between(0.38, 0.62),
    Math.min(...ys) + h * random.between(0.38, 0.62),
  ];
  const turn = (w > h ? Math.PI / 2 : 0) + random.between(-0.22, 0.22);
  const side = ([x, y]: Point) =>
    (y - through[1]) * Math.cos(turn) - (x - through[0]) * Math.sin(turn);
  const half = (sign: number) =>
    land.flatMap((point, index) => {
      const next = land[(index + 1) % land.length] ?? point;
      const [here, there] = [side(point) * sign, side(next) * sign];
      const kept: Point[] = here >= 0 ? [point] : [];
      const share = here / (here - there);
      if (here * there < 0)
        kept.push([mix(point[0], next[0], share), mix(point[1], next[1], share)]);
      return kept;
    });
  return [...parcelled(half(1), random, times - 1), ...parcelled(half(-1), random, times - 1)];
}

function crop(parcel: readonly Point[], random: Random): string {
  const [xs, ys] = [parcel.map(([x]) => x), parcel.map(([, y]) => y)];
  const area = box(
    Math.min(...xs),
    Math.min(...ys),
    Math.max(...xs) - Math.min(...xs),
    Math.max(...ys) - Math.min(...ys),
  );
  const angle = random.between(-80, 80);
  const sway = random.between(0, 9);
  const warp = (x: number, y: number) => sway * Math.sin((x + y) / 60);
  const furrows = (colour: string, tone: number, gap: number) =>
    fill(colour, engrave({ box: area, tone: () => tone, gap, angle, warp, step: 34 }));
  const crops = [
    () => fill(ink.leaf, poly(parcel)) + furrows(ink.moss, 0.34, 16),
    () => furrows(ink.moss, 0.4, 18),
    () => fill(ink.straw, poly(parcel)) + furrows(ink.brick, 0.16, 13),
    () => fill(ink.brick, poly(parcel)) + furrows(ink.straw, 0.3, 19),
    () => fill(ink.straw, poly(parcel)),
    () =>
      fill(ink.leaf, poly(parcel)) +
      halftone(ink.straw, { box: area, tone: () => 0.22, gap: 24, angle }),
    () => fill(ink.moss, poly(parcel)) + furrows(ink.leaf, 0.3, 14),
  ];
  const [draw] = [crops[random.whole(0, crops.length - 1)]];
  return inside(poly(parcel), draw ? draw() : '');
}

function hedgeTrees(parcel: readonly Point[], random: Random): string[] {
  return parcel.flatMap((from, index) => {
    const to = parcel[(index + 1) % parcel.length] ?? from;
    if (random.chance(0.5)) return [];
    return range(random.whole(2, 9)).map(() => {
      const along = random.next();
      return circle(
        mix(from[0], to[0], along) + random.between(-4, 4),
        mix(from[1], to[1], along) + random.between(-4, 4),
        random.between(5, 12),
      );
    });
  });
}
