import { describe, expect, it } from 'vitest';
import { anonymous, type Person, type StaffRole } from '#lib/users/rules.ts';
import {
  focalClasses,
  mayChangePicture,
  type PictureRow,
  pictureOf,
  pictureWidths,
  toneClasses,
} from './rules.ts';

const row = (width: number): PictureRow => ({
  id: 'p1',
  width,
  height: 800,
  alt: 'A boat',
  caption: 'In port',
  credit: 'Ann',
  focalX: 0.2,
  focalY: 0.8,
  version: 3,
  placeholder: null,
});

describe('a picture on a page', () => {
  it('offers the widths up to its own, and the middle one to browsers that can’t choose', () => {
    const { url, srcSet, avifSrcSet } = pictureOf(row(1_300));
    expect(srcSet).toBe(
      '/media/p1/3-320.webp 320w, /media/p1/3-640.webp 640w, /media/p1/3-720.webp 720w, /media/p1/3-960.webp 960w, /media/p1/3-1280.webp 1280w',
    );
    expect(avifSrcSet).toBe(srcSet.replaceAll('.webp', '.avif'));
    expect(url).toBe('/media/p1/3-960.webp');
  });

  it.each([
    [960, 4, 960],
    [959, 3, 720],
    [719, 2, 640],
    [640, 2, 640],
    [639, 1, 320],
    [320, 1, 320],
    [12, 1, 320],
    [9_000, pictureWidths.length, 960],
  ])('that is %i pixels wide offers %i widths, %i first', (width, count, first) => {
    const { url, srcSet } = pictureOf(row(width));
    const widths = pictureWidths.slice(0, count).map((w) => `/media/p1/3-${w}.webp ${w}w`);
    expect(srcSet.split(', ')).toEqual(widths);
    expect(url).toBe(`/media/p1/3-${first}.webp`);
  });

  it('keeps its words, its measures and where its subject is', () => {
    expect(pictureOf(row(1_000))).toMatchObject(row(1_000));
  });

  it.each([
    [0.5, 0.5, ''],
    [0, 1, 'focal-x-0 focal-y-100'],
    [0.21, 0.5, 'focal-x-20'],
    [0.5, 0.83, 'focal-y-85'],
    [0.52, 0.48, ''],
  ])('whose subject is at %d and %d keeps it in a box that cuts it', (focalX, focalY, classes) => {
    expect(focalClasses({ focalX, focalY })).toBe(classes);
  });

  it('has three classes for its main colour, and none without one, whatever else is written there', () => {
    const tone = (placeholder: string | null) => toneClasses({ placeholder });
    expect(tone('data:image/webp;tone=073;base64,AAAA')).toBe('tone-r-0 tone-g-7 tone-b-3');
    for (const none of [
      null,
      '',
      'data:image/webp;base64,AAAA',
      'data:image/webp;tone=089;base64,A',
    ]) {
      expect(tone(none)).toBe('');
    }
  });

  it('has a class for each of its six parts that is darker or brighter than its main colour', () => {
    const placeholder = 'data:image/webp;tone=073;light=012234;base64,AAAA';
    expect(toneClasses({ placeholder })).toBe(
      'tone-r-0 tone-g-7 tone-b-3 light-1-0 light-2-1 light-5-3 light-6-4',
    );
    expect(toneClasses({ placeholder: placeholder.replace('012234', '012') })).toBe(
      'tone-r-0 tone-g-7 tone-b-3',
    );
  });
});

describe('who may change a picture', () => {
  const person = (staffRole: StaffRole | null): Person => ({
    ...{
      kind: 'person',
      userId: 'u1',
      email: 'u1@example.org',
      name: null,
      staffRole,
      factor: { kind: 'free' },
    },
  });
  const own = { createdBy: 'u1', isPublic: false };
  const others = { createdBy: 'u2', isPublic: false };

  it.each([
    ['nobody who is no staff', person(null), [false, false, false]],
    ['a writer their own, until it is public', person('writer'), [true, false, false]],
    ['an editor every one', person('editor'), [true, true, true]],
    ['a publisher every one', person('publisher'), [true, true, true]],
    ['an administrator every one', person('admin'), [true, true, true]],
    ['no stranger', anonymous, [false, false, false]],
  ] as const)('%s', (_, actor, expected) => {
    const pictures = [own, others, { ...own, isPublic: true }];
    expect(pictures.map((picture) => mayChangePicture(actor, picture))).toEqual(expected);
  });

  it('a writer not what an account that is gone has left', () => {
    expect(mayChangePicture(person('writer'), { createdBy: null, isPublic: false })).toBe(false);
  });
});
