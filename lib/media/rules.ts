/** A picture as a page shows it. `url` is the middle size; browsers choose from the sets: `srcSet` is WebP. */
export type Picture = {
  id: string;
  url: string;
  srcSet: string;
  avifSrcSet: string;
  width: number;
  height: number;
  alt: string;
  caption: string;
  credit: string;
  focalX: number;
  focalY: number;
};

export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** The widths, in pixels, that pictures are kept in. Other widths don't exist, so nobody can make us draw them. */
export const pictureWidths = [320, 640, 960, 1280, 1920] as const;

/** What pictures are sent as: WebP to every browser, AVIF, about half as large, to those that know it. */
export const sizeFormats = ['webp', 'avif'] as const;
export type SizeFormat = (typeof sizeFormats)[number];

export const maxPictureBytes = 25 * 1024 * 1024;

/** Pixels, width times height: more is refused before it is decoded, since a small file can hold a huge picture. */
export const maxPicturePixels = 80_000_000;

export type PictureRow = {
  id: string;
  width: number;
  height: number;
  alt: string;
  caption: string;
  credit: string;
  focalX: number;
  focalY: number;
};

/** The addresses of a picture's sizes. */
export function pictureOf(row: PictureRow): Picture {
  const offered = offeredWidths(row.width);
  const middle = offered.findLast((width) => width <= 960) ?? pictureWidths[0];
  const set = (format: SizeFormat) =>
    offered.map((width) => `${pictureAddress(row.id, width, format)} ${width}w`).join(', ');
  return {
    ...row,
    url: pictureAddress(row.id, middle),
    srcSet: set('webp'),
    avifSrcSet: set('avif'),
  };
}

/** The widths that a picture of `width` pixels is offered in: a smaller one is not blown up. */
export function offeredWidths(width: number): number[] {
  const widths = pictureWidths.filter((offered) => offered <= width);
  return widths.length > 0 ? widths : [pictureWidths[0]];
}

export function pictureAddress(id: string, width: number, format: SizeFormat = 'webp'): string {
  return `/media/${id}/${width}.${format}`;
}

/** The classes that keep the picture's subject in a box that cuts it, in steps of 5 %; none for the middle. */
export function focalClasses({ focalX, focalY }: Pick<Picture, 'focalX' | 'focalY'>): string {
  return [['x', focalX] as const, ['y', focalY] as const]
    .map(([axis, fraction]) => [axis, Math.round(fraction * 20) * 5] as const)
    .filter(([, percent]) => percent !== 50)
    .map(([axis, percent]) => `focal-${axis}-${percent}`)
    .join(' ');
}
