import {
  box,
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
import { engrave, fade, glow, stroke, swell } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const kitchenScenes: Record<string, Scene> = { 'kitchen-table': kitchenTable };

function kitchenTable(random: Random) {
  const bulb: Point = [760, 300];
  const cone = poly('680,300 840,300 1460,1067 60,1067');
  const shade = 'M560 300q20-150 200-160q180 10 200 160z';
  const board = '250,640 1290,640 1620,1090 -60,1090';
  const leaf = (transform: string, rows: number) =>
    placed(
      transform,
      over(fill(ink.rose, rect(-108, -140, 230, 300)), 14, 12),
      fill(ink.paper, cut(corners(box(-115, -150, 230, 300)), random, 2)),
      fill(
        ink.night,
        ...range(rows).map((row) => stroke(-88, -116 + row * 26, random.between(100, 176), 6)),
      ),
    );
  return {
    ...landscape,
    paper: ink.night,
    art: [
      fill(
        ink.cobalt,
        engrave({
          box: box(0, 0, 1600, 660),
          tone: (x, y) => 0.16 + 0.5 * glow(bulb, 1000)(x, y),
          gap: 22,
          angle: 90,
          step: 40,
        }),
      ),
      inside(
        cone,
        fill(
          ink.sun,
          engrave({ box: box(0, 300, 1600, 767), tone: fade(300, 1000, 0.72, 0.24), gap: 13 }),
        ),
      ),
      fill(ink.brick, cut(board, random, 4)),
      inside(
        poly(board),
        fill(
          ink.night,
          engrave({
            box: box(0, 640, 1600, 430),
            tone: (x, y) =>
              0.16 + 0.34 * Math.min(1, Math.hypot((x - 760) / 860, (y - 860) / 360) ** 3),
            gap: 14,
            warp: (x) => 9 * Math.sin(x / 170),
          }),
        ),
        fill(
          ink.straw,
          engrave({
            box: box(200, 640, 1120, 430),
            tone: (x, y) => Math.max(0, 0.62 - Math.hypot((x - 760) / 720, (y - 850) / 240)),
            gap: 14,
            warp: (x) => 7 + 9 * Math.sin(x / 170),
          }),
        ),
      ),
      leaf('translate(560 850) scale(1.15 .72) rotate(-14)', 10),
      leaf('translate(800 830) scale(1.15 .72) rotate(9)', 9),
      leaf('translate(690 930) scale(1.2 .78) rotate(-3)', 6),
      line(ink.red, 13, open('860,960 1010,860')),
      line(ink.paper, 5, open('1010,860 1026,849')),
      cup(random),
      fill(ink.sun, ellipse(430, 760, 92, 36)),
      fill(ink.night, stroke(346, 752, 168, 5, 0, 20), stroke(350, 772, 150, 5, 0, 12)),
      line(ink.black, 9, open('760,-10 760,150')),
      fill(ink.paper, ellipse(760, 296, 82, 44)),
      fill(ink.red, shade),
      inside(
        shade,
        fill(ink.night, engrave({ box: box(560, 140, 400, 160), tone: (x) => (x - 780) / 240 })),
      ),
      fill(ink.black, rect(736, 118, 48, 30)),
    ],
  };
}

function cup(random: Random): string {
  const steam = range(3).map((puff) =>
    swell(
      range(20).map(
        (step): Point => [1080 + puff * 44 + Math.sin(step / 3 + puff) * 20, 690 - step * 14],
      ),
      (_, y) => 11 * Math.sin(((690 - y) / 270) * Math.PI),
    ),
  );
  return [
    fill(ink.night, ellipse(1130, 868, 160, 46)),
    fill(ink.paper, ellipse(1120, 856, 150, 44)),
    line(ink.night, 6, ellipse(1120, 856, 150, 44)),
    line(ink.paper, 20, smooth('1210,760 1276,750 1270,820 1196,826')),
    fill(ink.paper, 'M1018 730q4 108 46 130q60 22 116 0q42-22 46-130z'),
    inside(
      'M1018 730q4 108 46 130q60 22 116 0q42-22 46-130z',
      fill(
        ink.deep,
        rect(1000, 768, 250, 24),
        engrave({ box: box(1120, 730, 120, 150), tone: (x) => (x - 1120) / 130, gap: 12 }),
      ),
    ),
    fill(ink.paper, ellipse(1122, 730, 104, 30)),
    fill(
      ink.brick,
      cut(
        range(20).map(
          (step): Point => [1122 + Math.cos(step / 3.18) * 88, 732 + Math.sin(step / 3.18) * 21],
        ),
        random,
        1,
      ),
    ),
    fill(ink.sky, ...steam),
  ].join('');
}
