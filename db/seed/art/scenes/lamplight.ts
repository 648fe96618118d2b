import {
  box,
  circle,
  cut,
  ellipse,
  fill,
  inside,
  landscape,
  line,
  open,
  type Point,
  placed,
  range,
  rect,
  type Scene,
  smooth,
  square,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, glow, rays, rings, stroke, swell } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';

export const lamplightScenes: Record<string, Scene> = { moth, switchboard };

function moth(random: Random) {
  const bulb: Point = [1120, 380];
  const light = glow(bulb, 1500, 1.2);
  return {
    ...square,
    paper: ink.plum,
    art: [
      fill(
        ink.night,
        engrave({
          box: box(0, 0, 1600, 1600),
          tone: (x, y) => 0.9 - light(x, y) * 0.9,
          gap: 17,
          angle: 45,
        }),
      ),
      fill(
        ink.sun,
        rays(bulb, { from: 250, to: 1500, count: 96 }, (x, y) => light(x, y) ** 1.3 * 0.62 - 0.08),
      ),
      fill(ink.sun, circle(bulb[0], bulb[1] + 30, 196)),
      fill(ink.paper, circle(bulb[0], bulb[1] + 40, 120)),
      line(ink.night, 18, open('1120,-10 1120,120')),
      fill(ink.night, cut('1060,110 1180,110 1250,210 1400,330 840,330 990,210', random, 4)),
      fill(
        ink.red,
        ...range(6).map((band) => stroke(900 + band * 22, 306 - band * 26, 440 - band * 44, 10)),
      ),
      placed(
        'translate(660 1010) rotate(34)',
        mothWings(random),
        placed('scale(-1 1)', mothWings(random)),
        mothBody(),
      ),
    ],
  };
}

function mothWings(random: Random): string {
  const fore = smooth('20,-130 210,-330 470,-430 620,-400 560,-180 400,-20 180,10 30,-20', true);
  const hind = smooth('20,-20 220,0 400,90 420,250 300,350 150,300 50,150', true);
  const scales = (outline: string, centre: Point, colour: string) =>
    inside(
      outline,
      fill(
        colour,
        rings(
          centre,
          { from: 60, to: 700, gap: 27 },
          (x, y) => 0.2 + 0.2 * Math.sin(Math.atan2(y - centre[1], x - centre[0]) * 9),
        ),
      ),
    );
  const fringe = (points: string) => line(ink.paper, 8, smooth(points));
  const veins = range(7).map((vein) =>
    swell(
      [
        [40, -110],
        [280 + vein * 12, -300 + vein * 42],
        [590 - vein * 40, -390 + vein * 62],
      ],
      (x) => 7 - x / 110,
    ),
  );
  return [
    fill(ink.brick, hind),
    scales(hind, [20, -10], ink.night),
    fill(ink.night, circle(262, 176, 62)),
    fill(ink.sun, circle(262, 176, 42)),
    fill(ink.night, circle(254, 168, 20)),
    fringe('420,250 300,350 150,300'),
    fill(ink.straw, fore),
    scales(fore, [-60, -60], ink.brick),
    fill(ink.night, ...veins),
    fill(ink.night, smooth('330,-250 400,-310 440,-240 380,-190', true)),
    fill(ink.sun, smooth('352,-248 398,-286 418,-240 380,-212', true)),
    fill(
      ink.brick,
      ...range(40).map(() =>
        stroke(
          random.between(60, 130),
          random.between(-150, -10),
          random.between(20, 60),
          6,
          random.between(-60, -20),
        ),
      ),
    ),
    line(ink.night, 7, fore),
    fringe('620,-400 560,-180 400,-20 180,10'),
  ].join('');
}

function mothBody(): string {
  const body = smooth('0,-190 52,-150 56,-60 40,80 14,230 -14,230 -40,80 -56,-60 -52,-150', true);
  const fur = range(13).map((band) =>
    stroke(-48 + Math.abs(band - 3) * 2.6, -40 + band * 20, 96 - Math.abs(band - 3) * 5.2, 9, 0, 9),
  );
  const feather = (side: number) =>
    range(9).map((hair) =>
      stroke(side * (24 + hair * 17), -196 - hair * 13, 46, 6, side > 0 ? -14 : 194, 0),
    );
  return [
    line(ink.paper, 6, smooth('14,-180 60,-240 180,-320'), smooth('-14,-180 -60,-240 -180,-320')),
    fill(ink.paper, ...feather(1), ...feather(-1)),
    fill(ink.night, body),
    fill(ink.straw, ...fur, smooth('0,-172 36,-140 38,-90 0,-66 -38,-90 -36,-140', true)),
    fill(
      ink.night,
      circle(-24, -172, 13),
      circle(24, -172, 13),
      ...range(8).map((hair) => stroke(-26 + hair * 7, -78, 54, 5, -90)),
    ),
  ].join('');
}

function switchboard(random: Random) {
  const jack = (column: number, row: number): Point => [112 + column * 98, 92 + row * 92];
  const holes = range(15).flatMap((column) => range(7).map((row) => jack(column, row)));
  const leads = range(13).map((lead) => ({
    to: jack((lead * 4 + 2) % 15, (lead * 3 + random.whole(0, 1)) % 7),
    from: [150 + ((lead * 8) % 13) * 108, 930] as Point,
    colour: [ink.red, ink.sun, ink.teal][lead % 3] ?? ink.red,
  }));
  const swing = noise(random, 200);
  return {
    ...landscape,
    paper: ink.brick,
    art: [
      fill(
        ink.night,
        engrave({
          box: box(0, 0, 1600, 780),
          tone: (x, y) => 0.3 + 0.35 * swing(x * 0.3, y),
          gap: 12,
          warp: (x, y) => 30 * swing(x * 0.4, y),
        }),
      ),
      ...holes.map(
        ([x, y]) => fill(ink.night, circle(x, y, 27)) + line(ink.straw, 7, circle(x, y, 23)),
      ),
      fill(ink.night, ...range(8).map((rail) => rect(0, 42 + rail * 92, 1600, 5))),
      ...holes
        .filter(() => random.chance(0.16))
        .map(([x, y]) => fill(ink.sun, circle(x + 46, y, 11))),
      fill(ink.night, rect(0, 746, 1600, 330)),
      fill(ink.slate, engrave({ box: box(0, 770, 1600, 300), tone: () => 0.15, gap: 22 })),
      ...leads.map(
        ({ from }) =>
          fill(ink.black, ellipse(from[0], 934, 38, 20)) +
          line(ink.straw, 6, ellipse(from[0], 934, 38, 20)),
      ),
      ...leads.map(({ from, to, colour }) => lead(from, to, colour, random)),
    ],
  };
}

function lead(from: Point, to: Point, colour: string, random: Random): string {
  const sag = random.between(40, 150);
  const curve = smooth([
    from,
    [from[0] + (to[0] - from[0]) * 0.12, 860 - sag * 0.2],
    [from[0] + (to[0] - from[0]) * 0.6, Math.max(to[1] + 250, 640) + sag * 0.4],
    [to[0] + random.between(-30, 30), to[1] + 150],
    [to[0], to[1] + 74],
  ]);
  return [
    line(ink.black, 31, curve),
    line(colour, 21, curve),
    `<g stroke-dasharray="3 13">${line(ink.black, 21, curve).replace('stroke-linecap="round"', '')}</g>`,
    line(
      ink.black,
      40,
      open([
        [to[0], to[1] + 20],
        [to[0], to[1] + 78],
      ]),
    ),
    line(
      ink.straw,
      28,
      open([
        [to[0], to[1] + 10],
        [to[0], to[1] + 74],
      ]),
    ),
    line(
      ink.black,
      4,
      open([
        [to[0] - 13, to[1] + 34],
        [to[0] + 13, to[1] + 34],
      ]),
      open([
        [to[0] - 13, to[1] + 50],
        [to[0] + 13, to[1] + 50],
      ]),
    ),
    fill(ink.black, circle(to[0], to[1], 17)),
  ].join('');
}
