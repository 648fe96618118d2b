import { describe, expect, it } from 'vitest';
import { type PictureRow, pictureOf, pictureWidths } from './rules.ts';

const row = (width: number): PictureRow => ({
  id: 'p1',
  width,
  height: 800,
  alt: 'A boat',
  caption: 'In port',
  credit: 'Ann',
  focalX: 0.2,
  focalY: 0.8,
});

describe('a picture on a page', () => {
  it('offers the widths up to its own, and the middle one to browsers that can’t choose', () => {
    const { url, srcSet } = pictureOf(row(1_300));
    expect(srcSet).toBe(
      '/media/p1/320.webp 320w, /media/p1/640.webp 640w, /media/p1/960.webp 960w, /media/p1/1280.webp 1280w',
    );
    expect(url).toBe('/media/p1/960.webp');
  });

  it.each([
    [960, 3, 960],
    [959, 2, 640],
    [640, 2, 640],
    [639, 1, 320],
    [320, 1, 320],
    [12, 1, 320],
    [9_000, pictureWidths.length, 960],
  ])('that is %i pixels wide offers %i widths, %i first', (width, count, first) => {
    const { url, srcSet } = pictureOf(row(width));
    const widths = pictureWidths.slice(0, count).map((w) => `/media/p1/${w}.webp ${w}w`);
    expect(srcSet.split(', ')).toEqual(widths);
    expect(url).toBe(`/media/p1/${first}.webp`);
  });

  it('keeps its words, its measures and where its subject is', () => {
    expect(pictureOf(row(1_000))).toMatchObject(row(1_000));
  });
});
