import {
  box,
  circle,
  cut,
  fill,
  inside,
  landscape,
  line,
  mix,
  open,
  over,
  type Point,
  placed,
  poly,
  range,
  type Scene,
  smooth,
} from '#db/seed/art/draw.ts';
import { ink } from '#db/seed/art/inks.ts';
import { engrave, fade, halftone, stroke, swell } from '#db/seed/art/marks.ts';
import { noise, type Random } from '#db/seed/art/random.ts';

export const landScenes: Record<string, Scene> = { hedgerow, commons };

function hedgerow(random: Random) {
  const sky = { box: box(0, 0, 1600, 470), tone: fade(0, 470, 0.6, 0.06), gap: 15 };
  const hill = smooth('-20,520 300,400 640,372 1000,330 1300,392 1620,440');
  const path = `${smooth('430,1090 620,900 900,760 985,640 986,560 1040,480 1066,410 1078,340')}${smooth('1086,340 1088,410 1074,480 1050,560 1090,640 1170,760 1150,900 1210,1090').replace('M', 'L')}Z`;
  const folds = {
    box: box(0, 330, 1600, 330),
    tone: (x: number, y: number) => 0.3 + Math.sin(x / 240) * 0.12 + (y - 330) / 1500,
    gap: 12,
    angle: -24,
    warp: (x: number) => 20 * Math.sin(x / 190),
  };
  const stubble = range(420).map(() => {
    const y = 700 + 380 * random.next() ** 1.4;
    const size = (y - 560) / 10;
    return stroke(random.between(-20, 1600), y, size, size / 5, random.between(-105, -75), 3);
  });
  return {
    ...landscape,
    paper: ink.paper,
    art: [
      over(fill(ink.rose, circle(1090, 352, 120)), 0, 0),
      fill(ink.rose, engrave({ ...sky, warp: (x) => 14 * Math.sin(x / 260) })),
      fill(ink.leaf, `${hill}L1620 800L-20 800Z`),
      inside(`${hill}L1620 800L-20 800Z`, fill(ink.moss, engrave(folds))),
      loneTree(random, 640, 386),
      fill(ink.straw, cut('-10,640 1610,620 1610,1080 -10,1080', random, 4)),
      over(fill(ink.sun, ...stubble), 0, 0),
      fill(ink.moss, ...stubble.filter(() => random.chance(0.35))),
      fill(ink.paper, path),
      fill(
        ink.rose,
        ...range(70).map(() => {
          const y = random.between(470, 1067);
          return stroke(
            random.between(960, 1090) - (y - 470) * 0.42 + random.between(0, (y - 470) * 0.5),
            y,
            (y - 400) / 8,
            (y - 400) / 90,
            random.between(-12, 12),
          );
        }),
      ),
      hedge(random, -60, 930, 470, 690),
      hedge(random, 1104, 1680, 452, 724),
      line(ink.night, 15, open('944,700 950,520'), open('1092,724 1086,530')),
    ],
  };
}

function hedge(random: Random, from: number, to: number, top: number, foot: number): string {
  const bumps = range((to - from) / 62 + 1).map(
    (bump): Point => [from + bump * 62, top + random.between(-26, 30)],
  );
  const middle = (top + foot) / 2;
  const crown = smooth([[from - 14, middle], ...bumps, [to + 16, middle]]);
  const outline = `${crown}L${to + 10} ${foot}L${from - 10} ${foot}Z`;
  const grass = range((to - from) / 11).map((blade) =>
    stroke(from + blade * 11, foot + 6, random.between(24, 60), 9, random.between(-112, -68), 4),
  );
  const leaves = (count: number, high: number, low: number) =>
    range(count).map(() => {
      const y = mix(top - 30, foot, mix(high, low, random.next() ** 1.3));
      return stroke(
        random.between(from - 10, to),
        y,
        random.between(18, 44),
        random.between(7, 13),
        random.between(-140, -30),
        6,
      );
    });
  return (
    fill(ink.night, outline) +
    fill(ink.moss, ...leaves((to - from) * 0.55, 0, 0.95)) +
    fill(ink.leaf, ...leaves((to - from) * 0.24, 0, 0.62)) +
    fill(ink.moss, ...grass) +
    fill(
      ink.rose,
      ...range((to - from) / 34).map(() =>
        circle(random.between(from, to), random.between(top + 10, foot - 30), random.between(4, 7)),
      ),
    )
  );
}

function loneTree(random: Random, x: number, foot: number): string {
  const crown = range(150).map(() => {
    const [turn, reach] = [random.between(0, 360), random.next() ** 0.5];
    const [dx, dy] = [Math.cos(turn) * reach * 78, Math.sin(turn) * reach * 58];
    return stroke(x + dx, foot - 118 + dy, random.between(16, 36), 9, random.between(-60, 30), 5);
  });
  return fill(
    ink.night,
    poly([
      [x - 8, foot],
      [x - 3, foot - 90],
      [x + 4, foot - 90],
      [x + 9, foot],
    ]),
    ...crown,
  );
}

function commons(random: Random) {
  const clouds = noise(random, 210);
  const field = noise(random, 150);
  const ridge = (x: number) =>
    470 - 150 * Math.sin(((x + 260) / 1900) * Math.PI) ** 2 + 10 * Math.sin(x / 90);
  const air = (x: number, y: number) => (clouds(x * 0.55, y * 1.5) > 0.55 ? 0 : 0.62 - y / 1100);
  const folds = range(34).map((fold) => {
    const depth = 10 + fold * 9 + fold ** 2 * 0.42;
    const points = range(68).map(
      (step): Point => [
        step * 24,
        ridge(step * 24) + depth + fold * 3 * Math.sin(step / 9 + fold / 5),
      ],
    );
    return swell(points, (x, y) => (field(x, y * 2) - 0.34) * (14 + fold * 0.7));
  });
  const crest = range(68).map((step): Point => [step * 24, ridge(step * 24)]);
  const flock = [
    [300, 560, 0.55],
    [420, 590, 0.6],
    [1180, 530, 0.5],
    [1290, 566, 0.55],
    [1060, 566, 0.52],
    [760, 500, 0.42],
    [690, 640, 0.8],
    [1400, 720, 1],
    [220, 800, 1.3],
    [980, 860, 1.6],
    [560, 930, 1.5],
  ] as const;
  return {
    ...landscape,
    paper: ink.paper,
    art: [
      halftone(ink.sky, { box: box(0, 0, 1600, 500), tone: air, gap: 17 }),
      fill(ink.leaf, poly([...crest, [1610, 1080], [-10, 1080]])),
      over(fill(ink.moss, ...folds), 0, 0),
      thorn(random, 1130, ridge(1130) + 30),
      ...flock.map(([x, y, size], index) =>
        sheep(random, x, y, index % 3 === 0 ? -size : size, Math.abs(size)),
      ),
    ],
  };
}

function thorn(random: Random, x: number, foot: number): string {
  const leaves = range(190).map(() => {
    const along = random.next();
    return stroke(
      x - 20 + along * 270,
      foot - 170 - along * 26 + random.between(-48, 40) * (1 - along * 0.6),
      random.between(16, 40),
      8,
      random.between(-30, 16),
      4,
    );
  });
  const trunk = swell(
    [
      [x - 12, foot],
      [x - 4, foot - 60],
      [x + 20, foot - 120],
      [x + 110, foot - 176],
    ],
    (_, y) => 10 + (y - foot + 150) / 8,
  );
  return fill(ink.black, trunk, ...leaves);
}

function sheep(random: Random, x: number, y: number, across: number, size: number): string {
  const wool = range(18).map((lock): Point => {
    const turn = (lock / 18) * 2 * Math.PI;
    const reach = lock % 2 ? 1 : 0.87;
    return [Math.cos(turn) * 66 * reach, Math.sin(turn) * 43 * reach - 52];
  });
  const curls = range(16).map(() =>
    stroke(
      random.between(-50, 34),
      random.between(-66, -18),
      random.between(12, 26),
      4,
      random.between(-20, 20),
      6,
    ),
  );
  return placed(
    `translate(${x} ${y}) scale(${across} ${size})`,
    fill(ink.moss, stroke(-80, 26, 170, 16)),
    line(
      ink.black,
      9,
      open('-38,-20 -40,26'),
      open('-22,-20 -22,24'),
      open('26,-20 28,26'),
      open('40,-20 44,22'),
    ),
    fill(ink.paper, smooth(wool, true)),
    line(ink.black, 3.5, smooth(wool, true)),
    fill(
      ink.black,
      ...curls,
      smooth('44,-72 70,-84 100,-56 96,-30 82,-26 54,-44', true),
      stroke(50, -70, -26, 10, -20),
    ),
  );
}
