import {
  box,
  circle,
  fill,
  inside,
  landscape,
  line,
  mix,
  open,
  over,
  type Point,
  placed,
  points,
  poly,
  range,
  rect,
  type Scene,
  short,
  smooth,
  square,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, glow, halftone, rings, stroke } from '#db/seed/art/marks.ts';
import { type Field, noise, type Random } from '#db/seed/art/random.ts';

export const instrumentsScenes: Record<string, Scene> = { barometer, isobars };

function barometer(random: Random) {
  const grain = noise(random, 190);
  const lit: (x: number, y: number) => number = (x, y) => 0.5 + (y - 800 - (x - 800) * 0.5) / 1500;
  const ray = (turn: number, from: number, to: number) => {
    const angle = ((turn - 90) * Math.PI) / 180;
    const at = (r: number): Point => [800 + Math.cos(angle) * r, 800 + Math.sin(angle) * r];
    return open([at(from), at(to)]);
  };
  const ticks = range(101).map((tick) => ({
    turn: -135 + tick * 2.7,
    long: tick % 10 === 0 ? 74 : tick % 5 === 0 ? 50 : 28,
  }));
  const panel = {
    box: box(0, 0, 1600, 1600),
    gap: 21,
    angle: 88,
    warp: (x: number, y: number) => grain(x, y * 0.4) * 130,
  };
  return {
    ...square,
    paper: ink.brick,
    art: [
      fill(ink.night, engrave({ ...panel, tone: (x, y) => 0.2 + 0.5 * grain(y * 0.5, x) })),
      over(fill(ink.night, circle(826, 836, 706)), 0, 0),
      fill(ink.sun, circle(800, 800, 700)),
      fill(ink.night, rings([800, 800], { from: 586, to: 690, gap: 13 }, lit)),
      fill(ink.night, circle(800, 800, 580)),
      fill(ink.paper, circle(800, 800, 560)),
      halftone(ink.sky, {
        box: box(240, 240, 1120, 1120),
        tone: (x, y) =>
          Math.hypot(x - 800, y - 800) < 545 ? 0.5 - glow([700, 660], 760)(x, y) * 0.75 : 0,
        gap: 17,
      }),
      line(
        ink.night,
        5,
        ...ticks
          .filter(({ long }) => long < 60)
          .map(({ turn, long }) => ray(turn, 500 - long, 500)),
      ),
      line(
        ink.night,
        12,
        ...ticks
          .filter(({ long }) => long > 60)
          .map(({ turn, long }) => ray(turn, 500 - long, 500)),
      ),
      line(ink.night, 5, circle(800, 800, 518), circle(800, 800, 500)),
      dialSigns(),
      line(ink.red, 15, ray(68, -110, 410)),
      placed(
        'rotate(-52 800 800)',
        fill(
          ink.night,
          poly('786,800 814,800 806,350 800,300 794,350'),
          poly('784,800 816,800 824,960 800,990 776,960'),
          circle(800, 960, 40),
        ),
        fill(ink.paper, circle(800, 960, 22)),
      ),
      fill(ink.sun, circle(800, 800, 44)),
      line(ink.night, 8, circle(800, 800, 44), open('778,778 822,822')),
    ],
  };
}

function dialSigns(): string {
  const cloud = smooth('-70,30 -84,0 -50,-22 -30,-58 22,-56 44,-24 80,-10 70,30', true);
  const beams = range(12).map((beam) => stroke(0, 0, 84, 11, beam * 30));
  return [
    placed('translate(800 520)', fill(ink.night, cloud)),
    placed('translate(1030 690) scale(.9)', fill(ink.red, ...beams, circle(0, 0, 44))),
    placed(
      'translate(570 700) scale(.9)',
      fill(ink.night, cloud, ...range(4).map((drop) => stroke(-44 + drop * 34, 46, 50, 11, 108))),
    ),
  ].join('');
}

function isobars(random: Random) {
  const lows: readonly [number, number, number, number][] = [
    [470, 430, 260, -1.25],
    [1330, 860, 330, 1.05],
    [1250, 130, 240, 0.7],
    [120, 1000, 260, 0.6],
    [820, 760, 190, -0.35],
  ];
  const stir = noise(random, 300);
  const pressure: Field = (x, y) =>
    lows.reduce(
      (sum, [cx, cy, size, depth]) =>
        sum + depth * Math.exp(-(((x - cx) / size) ** 2 + ((y - cy) / size) ** 2) / 2),
      0.16 * stir(x, y) + x / 5200,
    );
  const levels = range(21).map((level) => -1.1 + level * 0.11);
  const coast = smooth(
    '900,-20 860,120 930,210 880,330 960,400 1010,520 930,600 960,720 1060,760 1040,880 1130,960 1120,1100 1640,1100 1640,-20',
    false,
  );
  const isles = smooth('250,640 330,600 360,690 420,760 370,880 290,900 260,800 220,740', true);
  const cold: Point[] = [
    [470, 430],
    [560, 520],
    [620, 640],
    [630, 780],
    [590, 930],
    [520, 1080],
  ];
  const warm: Point[] = [
    [470, 430],
    [640, 440],
    [790, 510],
    [900, 620],
    [1000, 770],
  ];
  return {
    ...landscape,
    paper: ink.paper,
    art: [
      inside(`${coast}Z`, fill(ink.straw, rect(0, 0, 1600, 1067))),
      fill(ink.straw, isles),
      halftone(ink.sky, {
        box: box(0, 0, 1600, 1067),
        tone: (x, y) => 0.3 - pressure(x, y) * 0.42,
        gap: 15,
      }),
      line(ink.brick, 4, coast, isles),
      line(
        ink.night,
        3.5,
        contours(
          pressure,
          levels.filter((_, index) => index % 4 !== 2),
        ),
      ),
      line(
        ink.night,
        8,
        contours(
          pressure,
          levels.filter((_, index) => index % 4 === 2),
        ),
      ),
      front(ink.cobalt, cold, 'teeth'),
      front(ink.red, warm, 'humps'),
      fill(ink.night, circle(470, 430, 17)),
    ],
  };
}

/** Lines where the field has one of the levels, in short pieces. */
function contours(field: Field, levels: readonly number[]): string {
  const size = 14;
  const [columns, rows] = [Math.ceil(1600 / size), Math.ceil(1067 / size)];
  const heights = range(rows + 1).map((row) =>
    range(columns + 1).map((column) => field(column * size, row * size)),
  );
  const around = ['0,0', '1,0', '1,1', '0,1', '0,0'].flatMap(points);
  const pieces = range(rows * columns).flatMap((cell) => {
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    const corners = around.map(([right, down]) => heights[row + down]?.[column + right] ?? 0);
    const [low, high] = [Math.min(...corners), Math.max(...corners)];
    const crossed = levels.filter((level) => level > low && level < high);
    return crossed.map((level) => {
      const crossings = range(4).flatMap((side): Point[] => {
        const [here, there] = [corners[side] ?? 0, corners[side + 1] ?? 0];
        if (here > level === there > level) return [];
        const [[x0, y0], [x1, y1]] = [around[side] ?? [0, 0], around[side + 1] ?? [0, 0]];
        const share = (level - here) / (there - here);
        return [[(column + mix(x0, x1, share)) * size, (row + mix(y0, y1, share)) * size]];
      });
      return open(crossings.slice(0, 2));
    });
  });
  return pieces.join('');
}

function front(colour: string, way: readonly Point[], kind: 'teeth' | 'humps'): string {
  const marks = way.slice(0, -1).flatMap(([x, y], index) => {
    const [toX, toY] = way[index + 1] ?? [x, y];
    const angle = (Math.atan2(toY - y, toX - x) * 180) / Math.PI;
    return [0.28, 0.78].map((share) => {
      const shape = kind === 'teeth' ? 'M-24 0L0 -36L24 0Z' : 'M-24 0A24 24 0 0 1 24 0Z';
      return placed(
        `translate(${short(x + (toX - x) * share)} ${short(y + (toY - y) * share)}) rotate(${short(angle)})`,
        fill(colour, shape),
      );
    });
  });
  return line(colour, 10, smooth(way)) + marks.join('');
}
