import {
  box,
  clamp,
  cut,
  ellipse,
  fill,
  inside,
  landscape,
  line,
  open,
  type Point,
  placed,
  poly,
  range,
  rect,
  type Scene,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, halftone, stroke, water } from '#db/seed/art/marks.ts';
import { type Field, noise, type Random } from '#db/seed/art/random.ts';

export const quarryScenes: Record<string, Scene> = { quarry };

function quarry(random: Random) {
  const craggy = noise(random, 150);
  const pit = (level: number, drop: number): Point[] =>
    range(56).map((step) => {
      const turn = (step / 56) * 2 * Math.PI;
      const [dx, dy] = [Math.cos(turn), Math.sin(turn)];
      const rough = 0.9 + 0.24 * craggy(900 + dx * 330, 900 + dy * 330);
      return [
        830 - level * 14 + dx * rough * (890 - level * 128),
        470 + level * 46 + drop + dy * rough * (560 - level * 84),
      ];
    });
  const far = (level: number, x: number, y: number) =>
    Math.hypot(
      (x - 830 + level * 14) / (890 - level * 128),
      (y - 470 - level * 46) / (560 - level * 84),
    );
  const sheet = box(0, 0, 1600, 1067);
  const bench = (level: number) => {
    const [face, ledge] = [pit(level, 0), pit(level, 58)];
    const onBench: Field = (x, y) =>
      far(level, x, y) < 1.2 && far(level + 1, x, y) > 0.86 ? 1 : 0;
    const shadow: Field = (x, y) =>
      onBench(x, y) * (0.3 + 0.42 * craggy(x * 2.2, y) - (x - 800) / 3200);
    const dust: Field = (x, y) => onBench(x, y) * (0.3 * clamp((x * 0.4 + y - 860) / 700));
    return inside(
      poly(face),
      fill(level % 2 ? ink.sky : ink.mist, poly(face)),
      fill(ink.night, engrave({ box: sheet, tone: shadow, gap: 15, angle: 86 })),
      fill(ink.straw, poly(ledge)),
      halftone(ink.brick, { box: sheet, tone: dust, gap: 21 }),
      line(ink.night, 3, poly(ledge)),
      line(ink.brick, 9, poly(face)),
    );
  };
  const turf = range(240).map(() =>
    stroke(
      random.between(0, 1600),
      random.between(0, 1067),
      random.between(14, 30),
      7,
      random.between(-110, -70),
      4,
    ),
  );
  const pool = pit(5, 30);
  return {
    ...landscape,
    paper: ink.leaf,
    art: [
      fill(ink.moss, ...turf),
      ...range(5).map(bench),
      fill(ink.night, cut(pit(5, 0), random, 4)),
      inside(
        poly(pit(5, 0)),
        fill(ink.teal, poly(pool)),
        fill(
          ink.paper,
          water(box(500, 660, 700, 220), random, { near: 20, far: 12, keep: () => 0.4 }),
        ),
      ),
      digger(690, 990, 1.25),
      lorry(1000, 424, 0.75),
    ],
  };
}

function digger(x: number, y: number, size: number): string {
  return placed(
    `translate(${x} ${y}) scale(${size})`,
    fill(ink.night, stroke(-90, 20, 210, 16), rect(-62, -12, 124, 28)),
    fill(ink.sun, poly('-60,-16 62,-16 62,-62 6,-62 -6,-104 -60,-104')),
    fill(ink.night, rect(-48, -94, 32, 32)),
    line(ink.night, 14, open('50,-50 130,-150 200,-40')),
    fill(ink.night, poly('182,-46 222,-46 216,0 168,6')),
  );
}

function lorry(x: number, y: number, size: number): string {
  return placed(
    `translate(${x} ${y}) scale(${size})`,
    fill(
      ink.red,
      poly('-80,-14 -94,-70 40,-70 34,-14'),
      poly('46,-14 46,-78 96,-78 108,-40 108,-14'),
    ),
    fill(ink.night, rect(62, -68, 28, 24), rect(-84, -14, 192, 10)),
    ...[-56, 8, 78].map((wheel) => fill(ink.night, ellipse(wheel, 0, 20, 20))),
    fill(ink.night, poly('-94,-70 -40,-104 10,-92 40,-70')),
  );
}
