import {
  box,
  circle,
  cut,
  ellipse,
  fill,
  inside,
  line,
  open,
  placed,
  poly,
  range,
  smooth,
} from '#db/seed/art/draw.ts';
import { engrave, fade, stroke } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';
import type { CoverDesign } from './design.ts';

const [dark, blue, light, glare] = ['#0f1836', '#2b479b', '#f7c02e', '#fbf1d6'];

/** One lamp, and under it somebody who carries the day in. */
export const nightWork: CoverDesign = {
  paper: dark,
  masthead: glare,
  small: glare,
  title: { colour: dark, left: 100, top: 1722, width: 1300, align: 'center', size: 230 },
  draw: (random) => {
    const air = noise(random, 340);
    const dusk = { box: box(0, 460, 1500, 1540), gap: 19, angle: 90, step: 40 };
    const cone = '610,668 890,668 1730,2020 -230,2020';
    const dust = { box: box(0, 660, 1500, 1360), tone: fade(700, 1560, 0.46, 0.03), gap: 17 };
    return [
      fill(blue, engrave({ ...dusk, tone: (x, y) => 0.72 * air(x, y * 0.5) - 0.04 })),
      fill(light, poly(cone)),
      inside(poly(cone), fill(glare, engrave(dust))),
      lamp(random),
      crates(random),
      porter(random),
    ];
  },
};

function lamp(random: Random): string {
  const shade = 'M470 676q10-190 220-206h120q210 16 220 206z';
  return [
    line(dark, 16, open('750,380 750,480')),
    fill(glare, ellipse(750, 676, 150, 62)),
    fill(dark, shade),
    inside(
      shade,
      fill(
        blue,
        engrave({ box: box(470, 470, 330, 210), tone: (x) => 0.8 - (x - 470) / 340, gap: 15 }),
      ),
    ),
    fill(dark, cut('690,440 810,440 826,486 674,486', random, 3)),
    line(blue, 6, open('474,672 1026,672')),
  ].join('');
}

function crates(random: Random): string {
  const crate = (x: number, y: number, size: number) =>
    fill(
      dark,
      cut(
        [
          [x, y],
          [x + size, y],
          [x + size, y + size],
          [x, y + size],
        ],
        random,
        4,
      ),
    ) +
    line(
      light,
      7,
      poly([
        [x + 20, y + 20],
        [x + size - 20, y + 20],
        [x + size - 20, y + size - 20],
        [x + 20, y + size - 20],
      ]),
      open([
        [x + 24, y + 24],
        [x + size - 24, y + size - 24],
      ]),
    );
  return crate(1010, 1470, 200) + crate(1216, 1470, 200) + crate(1090, 1266, 200);
}

function porter(random: Random): string {
  const load = '-330,-640 -210,-736 20,-728 96,-670 108,-580 40,-512 -120,-484 -290,-530';
  const sack = smooth(load, true);
  const coat = '-96,-560 40,-596 128,-500 132,-330 150,-190 -110,-180 -100,-330';
  const weave = {
    box: box(-340, -740, 460, 260),
    tone: fade(-730, -530, 0.62, 0),
    gap: 17,
    angle: 8,
  };
  return placed(
    'translate(520 1672)',
    fill(dark, stroke(-330, 6, 1000, 54, 0)),
    fill(dark, cut('-100,-210 30,-210 -20,-96 -120,0 -236,0 -226,-36 -160,-44 -112,-110', random)),
    fill(dark, cut('10,-210 146,-210 168,-110 190,-40 270,-20 268,0 128,0 84,-110', random)),
    fill(dark, smooth(coat, true), sack),
    inside(sack, fill(glare, engrave(weave))),
    fill(dark, circle(178, -566, 62), poly('70,-600 170,-560 150,-470 60,-480')),
    fill(dark, smooth('108,-590 130,-650 200,-650 240,-600 300,-582 240,-572 120,-570', true)),
    line(light, 6, smooth('116,-606 116,-560 140,-516')),
    line(dark, 54, smooth('80,-460 176,-404 200,-452 120,-530')),
    line(dark, 46, smooth('-70,-500 -150,-430 -120,-350')),
    line(light, 7, smooth('40,-190 44,-330 36,-450'), smooth('100,-428 180,-376 232,-420')),
    fill(light, ...range(4).map((button) => circle(70, -250 - button * 56, 7))),
  );
}
