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
  type Point,
  placed,
  poly,
  range,
  rect,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, halftone, rings, water } from '#db/seed/art/marks.ts';
import type { Random } from '#db/seed/art/random.ts';

export const portScenes: Record<string, Scene> = { harbour, 'herring-boats': herringBoats };

function harbour(random: Random) {
  const quay = 700;
  const hills = '0,600 240,540 520,566 760,520 1090,560 1340,500 1600,552 1600,720 0,720';
  const sky = { box: box(0, 0, 1600, 560), tone: fade(0, 560, 0.42, 0.05), gap: 15 };
  const bay = box(0, quay + 50, 1600, 330);
  return {
    ...landscape,
    paper: ink.paper,
    art: [
      over(fill(ink.sun, circle(1130, 330, 205)), 0, 0),
      fill(ink.sky, engrave(sky)),
      over(fill(ink.sky, cut(hills, random, 5))),
      ...range(5).map((shed) => netShed(random, 40 + shed * 178, quay, 118 + (shed % 2) * 26)),
      crane(random, 1000, quay, 1),
      crane(random, 1330, quay, 1.22),
      fill(ink.night, cut(corners(box(-10, quay, 1620, 44)), random, 3)),
      fill(ink.teal, rect(0, quay + 44, 1600, 330)),
      fill(ink.night, water(bay, random, { keep: fade(quay, 1067, 0.85, 0.35) })),
      fill(ink.paper, water(bay, random, { keep: fade(quay, 1067, 0.12, 0.4) })),
      trawler(random, 320, 830, 1, ink.red),
      trawler(random, 860, 905, 1.25, ink.sun),
    ],
  };
}

function netShed(random: Random, x: number, foot: number, h: number): string {
  const peak = foot - h - 64;
  const front = `${x},${foot} ${x},${foot - h} ${x + 84},${peak} ${x + 168},${foot - h} ${x + 168},${foot}`;
  const shade = { box: box(x + 84, peak, 90, h + 64), tone: () => 0.45, gap: 11, angle: 90 };
  const eaves = `${x - 8},${foot - h + 8} ${x + 84},${peak - 4} ${x + 176},${foot - h + 8}`;
  return (
    fill(ink.red, cut(front, random)) +
    inside(poly(front), fill(ink.night, engrave(shade))) +
    line(ink.night, 9, open(eaves)) +
    fill(ink.night, rect(x + 52, foot - 74, 64, 74), circle(x + 84, foot - h, 15)) +
    fill(ink.paper, rect(x + 60, foot - 64, 22, 64))
  );
}

function crane(random: Random, x: number, foot: number, size: number): string {
  const at = (share: number, off: number): Point => [
    -30 + 280 * share + off * 0.6,
    -330 - 230 * share + off * 0.8,
  ];
  const braces = range(9).map((brace) => {
    const [here, next] = [34 * (1 - brace / 9), 34 * (1 - (brace + 1) / 9)];
    const up = brace % 2 === 1;
    return open([at(brace / 9, up ? 0 : here), at((brace + 1) / 9, up ? next : 0)]);
  });
  const legs = [
    '-70,0 -36,-230',
    '70,0 36,-230',
    '-58,-80 58,-80',
    '-70,0 48,-150',
    '70,0 -48,-150',
  ];
  return placed(
    `translate(${x} ${foot}) scale(${size})`,
    line(ink.night, 9, ...legs.map(open)),
    fill(ink.night, cut('-80,-230 70,-230 62,-330 -20,-352 -86,-330', random, 2)),
    line(ink.night, 8, open('-30,-330 250,-560 -10,-302')),
    line(ink.night, 4, ...braces, open('250,-300 250,-560 -60,-430 -70,-330')),
    line(ink.night, 6, open('-60,-430 -20,-340')),
    fill(ink.night, poly('236,-300 264,-300 258,-262 242,-262')),
    fill(ink.paper, rect(16, -312, 32, 34)),
  );
}

function trawler(random: Random, x: number, y: number, size: number, colour: string): string {
  return placed(
    `translate(${x} ${y}) scale(${size})`,
    fill(ink.night, cut('-150,-50 90,-44 190,-92 150,30 -132,30', random, 2)),
    line(ink.paper, 4, open('-144,-30 96,-24 176,-62')),
    fill(ink.paper, cut('-96,-48 -90,-120 -6,-120 10,-46', random, 2)),
    fill(colour, rect(-104, -134, 108, 16)),
    fill(ink.night, rect(-80, -106, 22, 26), rect(-46, -106, 22, 26)),
    line(ink.night, 6, open('60,-50 60,-230'), open('60,-210 -40,-140'), open('60,-60 140,-150')),
    line(ink.night, 2.5, open('190,-92 60,-230 -150,-50')),
    fill(ink.night, water(box(-190, 22, 400, 40), random, { near: 14, keep: () => 0.7 })),
  );
}

function herringBoats(random: Random) {
  const colours = [ink.red, ink.deep, ink.sun, ink.deep, ink.red];
  const sky = { box: box(0, 0, 1600, 660), tone: fade(0, 640, 0.75, 0.02), gap: 19 };
  const bay = box(0, 690, 1600, 380);
  return {
    ...landscape,
    paper: ink.bone,
    art: [
      halftone(ink.sky, sky),
      fill(ink.sky, rect(0, 690, 1600, 380)),
      fill(ink.deep, water(bay, random, { keep: fade(690, 1067, 0.6, 0.5), bend: 0.3 })),
      ...colours.map((colour, boat) =>
        bow(random, 130 + boat * 335, 790 + (boat % 2) * 34, colour),
      ),
      fill(ink.paper, water(bay, random, { keep: fade(800, 1067, 0, 0.4), length: 4 })),
    ],
  };
}

function bow(random: Random, x: number, y: number, colour: string): string {
  const side = '-128,-210 -120,-90 -92,-10 -64,30 64,30 92,-10 120,-90 128,-210';
  const hull = `${smooth(side)}L0 -256Z`;
  const shade = { box: box(0, -260, 140, 350), gap: 13, angle: 62 };
  const shrouds = ['0,-636 -126,-212', '0,-636 126,-212', '0,-600 -60,-230', '0,-600 60,-230'];
  const mirrored = (colour: string, keep: number) =>
    fill(
      colour,
      water(box(-100, 40, 200, 150), random, { length: 4, near: 24, far: 16, keep: () => keep }),
    );
  return placed(
    `translate(${x} ${y})`,
    line(ink.night, 9, open('0,-250 0,-640'), open('-74,-520 74,-520')),
    line(ink.night, 2.5, ...shrouds.map(open)),
    fill(ink.night, cut(corners(box(-66, -330, 132, 110)), random, 2)),
    fill(ink.paper, rect(-50, -312, 42, 40), rect(8, -312, 42, 40)),
    fill(
      ink.night,
      rings([0, 30], { from: 74, to: 150, gap: 26 }, (_, py) => (py > 22 ? 0.3 : 0), 0.2),
    ),
    mirrored(ink.night, 0.8),
    mirrored(colour, 0.5),
    fill(ink.night, hull),
    inside(
      hull,
      fill(colour, rect(-128, -166, 256, 128)),
      fill(ink.paper, rect(-140, -38, 280, 12)),
      fill(ink.night, engrave({ ...shade, tone: (px) => 0.15 + px / 220 })),
    ),
    line(ink.paper, 5, open('0,-246 0,28')),
    fill(ink.paper, circle(-62, -128, 12), circle(62, -128, 12)),
  );
}
