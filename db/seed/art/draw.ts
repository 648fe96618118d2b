import { hash, type Random } from './random.ts';

export type Point = readonly [x: number, y: number];
/** Points, or the same written down as `'0,0 40,12.5 …'`. */
export type Outline = string | readonly Point[];
export type Box = { x: number; y: number; w: number; h: number };

/** A drawing on its paper: SVG elements in the order in which they are printed. */
export type Sheet = { width: number; height: number; paper: string; art: readonly string[] };
export type Scene = (random: Random) => Sheet;

export const landscape = { width: 1600, height: 1067 };
export const square = { width: 1600, height: 1600 };
export const portrait = { width: 1600, height: 2000 };

export function toSvg({ width, height, paper, art }: Sheet): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const ground = fill(paper, rect(0, 0, width, height));
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${ground}${art.join('')}</svg>`;
}

/** Rounded to a tenth of a pixel. */
export function short(value: number): number {
  return Math.round(value * 10) / 10;
}

export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

export function clamp(value: number, low = 0, high = 1): number {
  return Math.min(high, Math.max(low, value));
}

/** `count` numbers from 0 on. */
export function range(count: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor(count)) }, (_, index) => index);
}

export function box(x: number, y: number, w: number, h: number): Box {
  return { x, y, w, h };
}

export function points(outline: Outline): readonly Point[] {
  if (typeof outline !== 'string') return outline;
  return outline.split(/\s+/).map((pair): Point => {
    const [x, y] = pair.split(',').map(Number);
    return [x ?? 0, y ?? 0];
  });
}

// Path data

export function open(outline: Outline): string {
  const steps = points(outline).map(([x, y]) => `${short(x)} ${short(y)}`);
  return `M${steps.join('L')}`;
}

export function poly(outline: Outline): string {
  return `${open(outline)}Z`;
}

export function rect(x: number, y: number, w: number, h: number): string {
  return `M${short(x)} ${short(y)}h${short(w)}v${short(h)}h${short(-w)}Z`;
}

export function circle(x: number, y: number, r: number): string {
  return ellipse(x, y, r, r);
}

export function ellipse(x: number, y: number, rx: number, ry: number): string {
  const arc = `a${short(rx)} ${short(ry)} 0 1 0 `;
  return `M${short(x - rx)} ${short(y)}${arc}${short(2 * rx)} 0${arc}${short(-2 * rx)} 0Z`;
}

/** A circle drawn the other way round: inside another in the same path, it is left out. */
export function hole(x: number, y: number, r: number): string {
  return circle(x, y, r).replaceAll(' 0 1 0 ', ' 0 1 1 ');
}

/** A smooth curve through the points. */
export function smooth(outline: Outline, closed = false): string {
  const all = points(outline);
  const at = (index: number): Point => {
    const wrapped = closed ? (index + all.length) % all.length : clamp(index, 0, all.length - 1);
    return all[wrapped] ?? [0, 0];
  };
  const [x, y] = at(0);
  const parts = range(closed ? all.length : all.length - 1).map((index) => {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    const handles = [
      from[0] + (to[0] - before[0]) / 6,
      from[1] + (to[1] - before[1]) / 6,
      to[0] - (after[0] - from[0]) / 6,
      to[1] - (after[1] - from[1]) / 6,
    ];
    return `C${[...handles, ...to].map(short).join(' ')}`;
  });
  return `M${short(x)} ${short(y)}${parts.join('')}${closed ? 'Z' : ''}`;
}

/** The same outline as if cut with a knife: its edges in short facets, each a little off. */
export function cut(outline: Outline, random: Random, amount = 3, step = 45): string {
  const all = points(outline);
  const facets = all.flatMap((from, index) => {
    const to = all[(index + 1) % all.length] ?? from;
    const pieces = Math.max(1, Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / step));
    return range(pieces).map((piece): Point => {
      const off = piece === 0 ? amount / 2 : amount;
      const along = (piece + (piece === 0 ? 0 : random.between(-0.25, 0.25))) / pieces;
      return [
        mix(from[0], to[0], along) + random.between(-off, off),
        mix(from[1], to[1], along) + random.between(-off, off),
      ];
    });
  });
  return poly(facets);
}

export function corners({ x, y, w, h }: Box): Point[] {
  return [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ];
}

// Elements

export function fill(colour: string, ...paths: string[]): string {
  return `<path fill="${colour}" d="${paths.join('')}"/>`;
}

export function line(colour: string, width: number, ...paths: string[]): string {
  const style = `stroke-width="${short(width)}" stroke-linecap="round" stroke-linejoin="round"`;
  return `<path fill="none" stroke="${colour}" ${style} d="${paths.join('')}"/>`;
}

/** Only what lies inside the outline. */
export function inside(outline: string, ...elements: string[]): string {
  const id = `c${hash(outline).toString(36)}`;
  const mask = `<clipPath id="${id}"><path d="${outline}"/></clipPath>`;
  return `${mask}<g clip-path="url(#${id})">${elements.join('')}</g>`;
}

/** Printed over what is there, as translucent ink, and by default a little out of register. */
export function over(elements: string | readonly string[], dx = 5, dy = -4): string {
  const style = `style="mix-blend-mode:multiply" transform="translate(${dx} ${dy})"`;
  return `<g ${style}>${typeof elements === 'string' ? elements : elements.join('')}</g>`;
}

export function placed(transform: string, ...elements: string[]): string {
  return `<g transform="${transform}">${elements.join('')}</g>`;
}
