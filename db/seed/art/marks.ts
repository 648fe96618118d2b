import { type Box, clamp, mix, type Point, range, short } from './draw.ts';
import type { Field, Random } from './random.ts';

type Lines = {
  box: Box;
  /** Share of the gap that the line fills at a place: 0 leaves it out, 1 is solid. */
  tone: Field;
  /** Distance from line to line, in pixels. */
  gap?: number;
  /** Degrees; 0 runs to the right. */
  angle?: number;
  /** Moves the line sideways at a place. */
  warp?: Field;
  step?: number;
};

/** Parallel graver's lines that swell and thin with the tone, as one path. */
export function engrave({ box, tone, gap = 12, angle = 0, warp, step = 22 }: Lines): string {
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const long = (Math.abs(box.w * cos) + Math.abs(box.h * sin)) / 2 + step;
  const aside = warp ? 140 : gap;
  const wide = (Math.abs(box.w * sin) + Math.abs(box.h * cos)) / 2 + aside;
  const [middleX, middleY] = [box.x + box.w / 2, box.y + box.h / 2];
  const lines = range((2 * wide) / gap + 1).map((row) => {
    const off = row * gap - wide;
    const points = range((2 * long) / step + 1).map((index): Point => {
      const along = index * step - long;
      const x = middleX + along * cos - off * sin;
      const y = middleY + along * sin + off * cos;
      const moved = warp ? warp(x, y) : 0;
      return [x - moved * sin, y + moved * cos];
    });
    return swell(
      points.filter(([x, y]) => near(box, x, y, step + gap)),
      (x, y) => tone(x, y) * gap,
    );
  });
  return lines.join('');
}

/** Rings around a place, swelling with the tone. */
export function rings(
  [x, y]: Point,
  radii: { from: number; to: number; gap: number },
  tone: Field,
  squash = 1,
): string {
  return range((radii.to - radii.from) / radii.gap + 1)
    .map((ring) => {
      const r = radii.from + ring * radii.gap;
      const pieces = Math.max(16, Math.round(r / 4));
      const points = range(pieces + 1).map((piece): Point => {
        const turn = (piece / pieces) * 2 * Math.PI;
        return [x + r * Math.cos(turn), y + r * Math.sin(turn) * squash];
      });
      return swell(points, (px, py) => tone(px, py) * radii.gap);
    })
    .join('');
}

/** Lines from a place outwards, swelling with the tone, which is 1 where they would touch. */
export function rays(
  [x, y]: Point,
  { from, to, count }: { from: number; to: number; count: number },
  tone: Field,
): string {
  return range(count)
    .map((ray) => {
      const turn = (ray / count) * 2 * Math.PI;
      const points = range((to - from) / 24 + 1).map((step): Point => {
        const reach = from + step * 24;
        return [x + Math.cos(turn) * reach, y + Math.sin(turn) * reach];
      });
      const gap = (px: number, py: number) => (Math.hypot(px - x, py - y) * 2 * Math.PI) / count;
      return swell(points, (px, py) => tone(px, py) * gap(px, py));
    })
    .join('');
}

/** A line along the points whose width in pixels changes on the way; it breaks where there is none. */
export function swell(points: readonly Point[], width: Field): string {
  const paths: string[] = [];
  let left: Point[] = [];
  let right: Point[] = [];
  const finish = () => {
    if (left.length > 1) paths.push(relative([...thin(left), ...thin(right).reverse()]));
    left = [];
    right = [];
  };
  points.forEach(([x, y], index) => {
    const half = width(x, y) / 2;
    if (half < 0.35) {
      finish();
      return;
    }
    const [x0, y0] = points[index - 1] ?? [x, y];
    const [x1, y1] = points[index + 1] ?? [x, y];
    const length = Math.hypot(x1 - x0, y1 - y0) || 1;
    const [nx, ny] = [(-(y1 - y0) / length) * half, ((x1 - x0) / length) * half];
    left.push([x + nx, y + ny]);
    right.push([x - nx, y - ny]);
  });
  finish();
  return paths.join('');
}

/** Dots on a turned grid, their size following the tone. */
export function halftone(
  colour: string,
  { box, tone, gap = 16, angle = 30 }: Omit<Lines, 'warp' | 'step'>,
): string {
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.hypot(box.w, box.h) / 2;
  const half = Math.ceil(reach / gap);
  const sizes: string[][] = range(17).map(() => []);
  for (let row = -half; row <= half; row++) {
    for (let column = -half; column <= half; column++) {
      const x = box.x + box.w / 2 + (column * cos - row * sin) * gap;
      const y = box.y + box.h / 2 + (column * sin + row * cos) * gap;
      if (!near(box, x, y, gap / 2)) continue;
      const size = Math.round(Math.sqrt(clamp(tone(x, y))) * 16);
      if (size > 0) sizes[size]?.push(`M${Math.round(x)} ${Math.round(y)}h0`);
    }
  }
  return sizes.map((dots, size) => dotted(colour, (size / 16) * gap * 1.18, dots)).join('');
}

/** Small specks where the ink missed the paper, or flew. */
export function speckle(colour: string, box: Box, count: number, random: Random, size = 3): string {
  const small: string[] = [];
  const large: string[] = [];
  for (const _ of range(count)) {
    const x = Math.round(random.between(box.x, box.x + box.w));
    const y = Math.round(random.between(box.y, box.y + box.h));
    (random.chance(0.2) ? large : small).push(`M${x} ${y}h${random.whole(0, 2)}`);
  }
  return dotted(colour, size, small) + dotted(colour, size * 1.7, large);
}

/** One stroke of the graver: pointed at both ends, `bend` pixels off straight in its middle. */
export function stroke(
  x: number,
  y: number,
  length: number,
  width: number,
  angle = 0,
  bend = 0,
): string {
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn) * length, Math.sin(turn) * length];
  const [nx, ny] = [-Math.sin(turn), Math.cos(turn)];
  const handle = (off: number) =>
    `${short(cos / 2 + nx * off * 2)} ${short(sin / 2 + ny * off * 2)}`;
  const there = `q${handle(bend + width / 2)} ${short(cos)} ${short(sin)}`;
  const [backX, backY] = [
    -cos / 2 + nx * (bend - width / 2) * 2,
    -sin / 2 + ny * (bend - width / 2) * 2,
  ];
  const back = `q${short(backX)} ${short(backY)} ${short(-cos)} ${short(-sin)}`;
  return `M${short(x)} ${short(y)}${there}${back}Z`;
}

/** Water in strokes that grow towards the viewer; `keep` says how likely a stroke is at a place. */
export function water(
  box: Box,
  random: Random,
  {
    keep = () => 1,
    near: nearby = 34,
    far = 9,
    bend = 0.1,
    length = 6,
  }: {
    keep?: Field;
    near?: number;
    far?: number;
    bend?: number;
    length?: number;
  } = {},
): string {
  const marks: string[] = [];
  for (let y = box.y; y < box.y + box.h; ) {
    const gap = mix(far, nearby, (y - box.y) / box.h);
    const long = gap * length;
    for (let x = box.x - random.between(0, long); x < box.x + box.w; ) {
      const size = long * random.between(0.5, 1.4);
      if (random.chance(keep(x + size / 2, y))) {
        const bow = random.between(-bend, bend) * gap;
        const wide = gap * random.between(0.25, 0.5);
        marks.push(stroke(x, y + random.between(-0.2, 0.2) * gap, size, wide, 0, bow));
      }
      x += size * random.between(0.9, 1.5);
    }
    y += gap;
  }
  return marks.join('');
}

/** 1 in the middle, falling to 0 at the radius. */
export function glow([x, y]: Point, radius: number, power = 1): Field {
  return (px, py) => clamp(1 - Math.hypot(px - x, py - y) / radius) ** power;
}

/** From one value at the top of a span to another at its foot. */
export function fade(top: number, foot: number, from: number, to: number): Field {
  return (_, y) => mix(from, to, clamp((y - top) / (foot - top)));
}

function dotted(colour: string, width: number, dots: readonly string[]): string {
  if (dots.length === 0) return '';
  const style = `stroke="${colour}" stroke-width="${short(width)}" stroke-linecap="round"`;
  return `<path fill="none" ${style} d="${dots.join('')}"/>`;
}

function near({ x, y, w, h }: Box, px: number, py: number, margin: number): boolean {
  return px > x - margin && px < x + w + margin && py > y - margin && py < y + h + margin;
}

/** Without the points that lie on the straight line between their neighbours. */
function thin(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  points.forEach((point, index) => {
    const before = kept.at(-1);
    const after = points[index + 1];
    if (before && after) {
      const [dx, dy] = [after[0] - before[0], after[1] - before[1]];
      const off = Math.abs(dy * (point[0] - before[0]) - dx * (point[1] - before[1]));
      if (off / (Math.hypot(dx, dy) || 1) < 0.25) return;
    }
    kept.push(point);
  });
  return kept;
}

/** A closed path in steps from point to point, which takes half the room of absolute ones. */
function relative(points: readonly Point[]): string {
  let [x, y] = [0, 0];
  const steps = points.map(([px, py], index) => {
    const [tenX, tenY] = [Math.round(px * 10), Math.round(py * 10)];
    const step = `${index === 0 ? 'M' : 'l'}${(tenX - x) / 10} ${(tenY - y) / 10}`;
    [x, y] = [tenX, tenY];
    return step;
  });
  return `${steps.join('')}z`;
}
