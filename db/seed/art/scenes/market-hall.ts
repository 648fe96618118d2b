import {
  circle,
  ellipse,
  fill,
  landscape,
  line,
  open,
  type Point,
  placed,
  poly,
  range,
  rect,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const marketHallScenes: Record<string, Scene> = { 'market-hall': marketHall };

function marketHall(random: Random) {
  const eye: Point = [800, 650];
  const at = (x: number, y: number, away: number): Point => [eye[0] + x / away, eye[1] + y / away];
  const depths = range(8).map((rib) => 6.2 / 1.32 ** rib);
  const arch = (r: number, away: number) =>
    range(33).map((step): Point => {
      const turn = Math.PI * (1 + step / 32);
      return at(Math.cos(turn) * r, -180 + Math.sin(turn) * r * 0.86, away);
    });
  const bars = range(17).map((bar) => {
    const turn = Math.PI * (1 + bar / 16);
    const [x, y] = [Math.cos(turn) * 800, -180 + Math.sin(turn) * 690];
    return open([at(x, y, 9), at(x, y, 0.6)]);
  });
  const rib = (away: number) => {
    const [outer, inner] = [arch(800, away), arch(730, away)];
    const braces = outer.flatMap((point, index) =>
      index % 2 ? [] : [open([inner[index - 1] ?? point, point, inner[index + 1] ?? point])],
    );
    const posts = [-1, 1].map((side) =>
      poly([
        at(side * 800, -180, away),
        at(side * 730, -180, away),
        at(side * 740, 360, away),
        at(side * 790, 360, away),
      ]),
    );
    return (
      line(ink.deep, 16 / away, open(outer), open(inner)) +
      line(ink.deep, 8 / away, ...braces) +
      fill(ink.deep, ...posts)
    );
  };
  const stalls = depths.flatMap((away, index) =>
    [-1, 1].map((side) => stall(random, at, side, away, index)),
  );
  return {
    ...landscape,
    paper: ink.paper,
    art: [
      fill(ink.mist, rect(0, 0, 1600, 700)),
      line(ink.sky, 4, ...bars),
      fill(ink.paper, ellipse(800, 620, 120, 108), rect(680, 620, 240, 80)),
      fill(
        ink.straw,
        poly([at(-800, 360, 9), at(800, 360, 9), at(800, 360, 0.5), at(-800, 360, 0.5)]),
      ),
      fill(
        ink.brick,
        ...range(22).map((plank) =>
          poly([
            at((plank - 11) * 110, 360, 8),
            at((plank - 11) * 110, 360, 0.6),
            at((plank - 11) * 110 + 14, 360, 0.6),
          ]),
        ),
      ),
      ...depths.flatMap((away, index) => [
        rib(away),
        stalls[index * 2] ?? '',
        stalls[index * 2 + 1] ?? '',
      ]),
      ...range(9).map((person) => shopper(random, at, person)),
    ],
  };
}

function stall(
  random: Random,
  at: (x: number, y: number, away: number) => Point,
  side: number,
  away: number,
  index: number,
): string {
  const colour = [ink.red, ink.deep, ink.sun][(index + (side > 0 ? 1 : 0)) % 3] ?? ink.red;
  const x = (share: number) => side * (360 + share * 330);
  const stripes = range(6).map((stripe) =>
    poly([
      at(x(stripe / 6), -10, away),
      at(x((stripe + 0.5) / 6), -10, away),
      at(x((stripe + 0.5) / 6), 70, away * 0.94),
      at(x(stripe / 6), 70, away * 0.94),
    ]),
  );
  const canopy = poly([
    at(x(0), -10, away),
    at(x(1), -10, away),
    at(x(1), 70, away * 0.94),
    at(x(0), 70, away * 0.94),
  ]);
  const goods = range(16).map((_, fruit) =>
    circle(...at(x((fruit + 0.5) / 16), 186 - random.between(0, 22), away), 17 / away),
  );
  return [
    fill(ink.night, rect(...at(side > 0 ? x(0) : x(1), 70, away), 330 / away, 130 / away)),
    fill(ink.sun, ...goods.filter(() => random.chance(0.6))),
    fill(ink.red, ...goods.filter(() => random.chance(0.4))),
    fill(ink.brick, rect(...at(side > 0 ? x(0) : x(1), 196, away), 330 / away, 164 / away)),
    fill(ink.paper, canopy),
    fill(colour, ...stripes),
    line(ink.night, 5 / away, canopy),
  ].join('');
}

function shopper(
  random: Random,
  at: (x: number, y: number, away: number) => Point,
  person: number,
): string {
  const away = 5.4 / 1.22 ** person;
  const [x, foot] = at((person % 2 ? 1 : -1) * random.between(30, 250), 365, away);
  const coat = person % 3 === 1 ? ink.red : ink.night;
  return placed(
    `translate(${x} ${foot}) scale(${1.1 / away})`,
    fill(coat, smooth('-48,-60 -52,-190 -30,-226 30,-226 52,-190 48,-60', true)),
    fill(
      ink.night,
      poly('-34,-70 -8,-70 -10,0 -32,0'),
      poly('8,-70 34,-70 32,0 10,0'),
      circle(0, -262, 32),
    ),
    person % 2
      ? fill(ink.sun, rect(50, -120, 44, 50)) +
          line(ink.night, 6, open('56,-118 60,-150 84,-150 88,-118'))
      : '',
  );
}
