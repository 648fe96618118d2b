import {
  box,
  corners,
  cut,
  fill,
  inside,
  line,
  open,
  placed,
  poly,
  range,
  smooth,
} from '#db/seed/art/draw.ts';
import { engrave, fade, halftone, stroke } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';
import { tern } from '#db/seed/art/scenes/birds.ts';
import type { CoverDesign } from './design.ts';

const [ice, black, white, red] = ['#cddbe0', '#16181f', '#fbf6ea', '#d93f2a'];
const rods = ['4 3', '2 5', '4 0', '3 0', '4 0', '5 2'].map((counts, rod) => {
  const [left = 0, right = 0] = counts.split(' ').map(Number);
  return { left, right, y: 690 + rod * 168 };
});

/** Birds told off on the rods of an abacus; take one away. */
export const arithmetic: CoverDesign = {
  paper: ice,
  masthead: black,
  small: black,
  title: { colour: black, left: 40, top: 1682, width: 1420, align: 'center', size: 300 },
  draw: (random) => [
    halftone(black, { box: box(0, 430, 1500, 1190), tone: fade(430, 1620, 0, 0.16), gap: 19 }),
    ...rods.map(({ y }) =>
      line(
        black,
        9,
        open([
          [150, y],
          [1350, y],
        ]),
      ),
    ),
    ...rods.flatMap(({ left, right, y }) => [
      ...range(left).map((place) => perched(246 + place * 118, y, true, random)),
      ...range(right).map((place) => perched(1254 - place * 118, y, false, random)),
    ]),
    ...frame(random),
    placed('translate(1030 1160) rotate(40) skewX(-12) scale(.46)', tern()),
  ],
};

function perched(x: number, y: number, turned: boolean, random: Random): string {
  const body = smooth(
    '-60,-86 -48,-104 -24,-102 0,-80 46,-48 96,-12 44,-16 12,-10 -26,-14 -50,-38 -58,-64',
    true,
  );
  const wing = smooth('-16,-72 16,-66 60,-36 112,0 40,-20 0,-28 -18,-48', true);
  const feathers = range(5).map((feather) =>
    stroke(-8 + feather * 8, -60 + feather * 9, 62, 5, 30),
  );
  return placed(
    `translate(${x} ${y}) scale(${turned ? -1 : 1} 1) rotate(${Math.round(random.between(-5, 4))})`,
    line(red, 6, open('-12,-14 -14,2'), open('4,-14 4,2')),
    fill(red, poly('-58,-88 -104,-74 -56,-72')),
    fill(white, body),
    line(black, 5, body),
    fill(ice, wing),
    line(black, 4, wing),
    fill(black, ...feathers, smooth('-64,-86 -50,-108 -22,-106 6,-76 -16,-82 -40,-84', true)),
  );
}

function frame(random: Random): string[] {
  const grain = noise(random, 210);
  const bars = [
    box(86, 450, 96, 1180),
    box(1318, 450, 96, 1180),
    box(56, 440, 1388, 96),
    box(56, 1560, 1388, 96),
  ];
  return bars.map((bar) => {
    const veins = {
      box: bar,
      tone: (x: number, y: number) => 0.5 * grain(x, y) - 0.1,
      gap: 15,
      angle: bar.w > bar.h ? 0 : 90,
    };
    return (
      fill(red, cut(corners(bar), random, 4, 120)) +
      inside(poly(corners(bar)), fill(black, engrave(veins)))
    );
  });
}
