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
  over,
  placed,
  poly,
  range,
  rect,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, stroke, water } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const floodScenes: Record<string, Scene> = { flood };

function flood(random: Random) {
  const row = range(6).map((house) => terrace(random, 60 + house * 252, house));
  const street = `${row.join('')}${lamppost(1062)}`;
  const sheet = box(0, 648, 1600, 430);
  const rain = range(260).map(() =>
    stroke(random.between(0, 1650), random.between(-60, 640), random.between(50, 130), 4, 104),
  );
  return {
    ...landscape,
    paper: ink.mist,
    art: [
      fill(
        ink.slate,
        engrave({
          box: box(0, 0, 1600, 560),
          tone: fade(0, 560, 0.75, 0.08),
          gap: 15,
          warp: (x) => 10 * Math.sin(x / 150),
        }),
      ),
      street,
      inside(poly(corners(sheet)), placed('matrix(1 0 0 -1 0 1300)', street)),
      over(fill(ink.slate, rect(0, 648, 1600, 430)), 0, 0),
      fill(
        ink.mist,
        water(sheet, random, { keep: fade(648, 1067, 0.34, 0.62), far: 11, near: 40 }),
      ),
      fill(ink.night, water(sheet, random, { keep: () => 0.22 })),
      fill(ink.paper, ...rain),
      rowingBoat(random),
    ],
  };
}

function terrace(random: Random, x: number, index: number): string {
  const front = [ink.brick, ink.paper, ink.straw][index % 3] ?? ink.brick;
  const eaves = 372 - (index % 2) * 34;
  const wall = cut(
    [
      [x, 650],
      [x, eaves],
      [x + 240, eaves],
      [x + 240, 650],
    ],
    random,
    2,
  );
  const windows = [x + 38, x + 146];
  return [
    fill(
      ink.night,
      rect(x + 176, eaves - 176, 42, 120),
      cut(
        [
          [x - 12, eaves + 6],
          [x + 44, eaves - 110],
          [x + 196, eaves - 110],
          [x + 252, eaves + 6],
        ],
        random,
        3,
      ),
    ),
    fill(front, wall),
    fill(
      ink.night,
      engrave({ box: box(x + 130, eaves, 110, 278), tone: (px) => (px - x - 120) / 420, gap: 12 }),
    ),
    fill(
      ink.night,
      ...windows.map((left) => rect(left, eaves + 44, 58, 82)),
      ...windows.map((left) => rect(left, 570, 58, 90)),
    ),
    line(
      front,
      5,
      ...windows.flatMap((left) => [
        open([
          [left + 29, eaves + 44],
          [left + 29, eaves + 126],
        ]),
        open([
          [left, eaves + 84],
          [left + 58, eaves + 84],
        ]),
      ]),
    ),
    index === 2
      ? fill(
          ink.sun,
          rect(x + 38, eaves + 44, 27, 38),
          rect(x + 70, eaves + 88, 26, 38),
          rect(x + 70, eaves + 44, 26, 38),
          rect(x + 38, eaves + 88, 27, 38),
        )
      : '',
  ].join('');
}

function lamppost(x: number): string {
  return (
    line(
      ink.night,
      11,
      open([
        [x, 650],
        [x, 330],
      ]),
    ) +
    fill(
      ink.night,
      poly([
        [x - 30, 330],
        [x + 30, 330],
        [x + 20, 262],
        [x - 20, 262],
      ]),
      poly([
        [x - 34, 262],
        [x + 34, 262],
        [x, 228],
      ]),
    )
  );
}

function rowingBoat(random: Random): string {
  return placed(
    'translate(560 850) scale(1.25)',
    fill(ink.night, stroke(-190, 46, 400, 30)),
    fill(ink.red, cut('-170,-6 180,-14 132,46 -126,46', random, 2)),
    fill(ink.night, cut('-170,-6 180,-14 176,6 -164,12', random, 1.5)),
    fill(ink.night, smooth('-20,-6 -26,-84 4,-104 34,-80 36,-6', true), circle(2, -128, 25)),
    line(ink.night, 8, open('30,-62 96,-24 170,56')),
    line(ink.night, 8, open('-20,-62 -70,-24 -150,52')),
  );
}
