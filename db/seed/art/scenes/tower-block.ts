import {
  box,
  circle,
  corners,
  cut,
  fill,
  inside,
  line,
  open,
  poly,
  portrait,
  range,
  rect,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, stroke } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const towerBlockScenes: Record<string, Scene> = { 'tower-block': towerBlock };

function towerBlock(random: Random) {
  const side = poly('1140,190 1390,280 1390,1810 1140,1790');
  const cells = range(15 * 6).map((cell) => ({
    x: 372 + (cell % 6) * 126,
    y: 236 + Math.floor(cell / 6) * 102,
  }));
  const colours = [ink.sun, ink.sun, ink.straw, ink.rose] as const;
  const windows = cells.map(({ x, y }) => {
    const lit = random.chance(0.27);
    const colour = lit ? random.pick(colours) : ink.night;
    const curtain = lit && random.chance(0.4) ? fill(ink.red, rect(x, y, 26, 56)) : '';
    const person =
      lit && random.chance(0.24)
        ? fill(
            ink.night,
            circle(x + 62, y + 24, 11),
            smooth([
              [x + 40, y + 56],
              [x + 46, y + 40],
              [x + 62, y + 34],
              [x + 80, y + 40],
              [x + 84, y + 56],
            ]),
          )
        : '';
    return (
      fill(colour, cut(corners(box(x, y, 96, 56)), random, 1.5)) +
      curtain +
      person +
      fill(ink.night, rect(x - 12, y + 60, 122, 8)) +
      line(
        ink.night,
        3,
        ...range(8).map((bar) =>
          open([
            [x - 8 + bar * 16, y + 46],
            [x - 8 + bar * 16, y + 64],
          ]),
        ),
        open([
          [x - 10, y + 46],
          [x + 108, y + 46],
        ]),
      )
    );
  });
  return {
    ...portrait,
    paper: ink.rose,
    art: [
      fill(
        ink.plum,
        engrave({ box: box(0, 0, 1600, 1500), tone: fade(0, 1500, 0.95, 0.08), gap: 18 }),
      ),
      fill(ink.paper, circle(230, 330, 96)),
      fill(
        ink.plum,
        cut(
          '-10,1480 180,1480 180,1400 300,1400 300,1520 470,1520 470,1440 640,1440 1380,1460 1380,1390 1500,1390 1500,1470 1610,1470 1610,1830 -10,1830',
          random,
          4,
        ),
      ),
      fill(ink.bone, cut('330,190 1140,190 1140,1800 330,1800', random, 3)),
      fill(
        ink.slate,
        engrave({
          box: box(330, 190, 810, 1600),
          tone: (x) => 0.08 + (x - 330) / 2600,
          gap: 13,
          angle: 90,
          step: 60,
        }),
      ),
      fill(ink.night, side),
      inside(
        side,
        fill(
          ink.plum,
          engrave({ box: box(1140, 190, 250, 1620), tone: () => 0.42, gap: 17, angle: 3 }),
        ),
        fill(ink.night, ...range(15).map((floor) => rect(1236, 290 + floor * 102, 60, 54))),
      ),
      fill(ink.sun, rect(1236, 596, 60, 54), rect(1236, 1310, 60, 54)),
      fill(
        ink.night,
        rect(310, 168, 850, 28),
        rect(880, 90, 150, 80),
        rect(420, 60, 7, 110),
        rect(452, 100, 6, 70),
      ),
      ...windows,
      towerFoot(random),
    ],
  };
}

function towerFoot(random: Random): string {
  const tree = (x: number, size: number) =>
    fill(
      ink.night,
      rect(x - 7, 1720, 14, 130),
      ...range(90).map(() => {
        const [turn, reach] = [random.between(0, 6.3), random.next() ** 0.5 * 110 * size];
        return stroke(
          x + Math.cos(turn) * reach,
          1640 + Math.sin(turn) * reach,
          random.between(26, 54),
          14,
          random.between(-70, 20),
          6,
        );
      }),
    );
  return [
    fill(ink.night, cut('-10,1790 1610,1800 1610,2010 -10,2010', random, 4)),
    fill(ink.sun, rect(660, 1722, 140, 78)),
    fill(ink.night, rect(726, 1722, 8, 78), rect(630, 1704, 200, 18)),
    fill(
      ink.sun,
      engrave({
        box: box(560, 1806, 340, 190),
        tone: (x, y) => (Math.abs(x - 730) < 70 + (y - 1800) * 0.5 ? 0.6 - (y - 1800) / 420 : 0),
        gap: 15,
      }),
    ),
    ...[90, 250, 1250, 1480].map((x, index) => tree(x, 0.8 + (index % 2) * 0.3)),
    fill(
      ink.rose,
      circle(930, 1812, 15),
      smooth('908,1900 912,1840 930,1826 950,1842 952,1900', true),
    ),
  ].join('');
}
