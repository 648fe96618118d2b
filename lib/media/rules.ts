/** A picture as a page shows it. `url` is the middle size; browsers choose from `srcSet`. */
export type Picture = {
  id: string;
  url: string;
  srcSet: string;
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

/** The addresses of a picture's sizes; one that is smaller than a size is not blown up to it. */
export function pictureOf(row: PictureRow): Picture {
  const widths = pictureWidths.filter((width) => width <= row.width);
  const offered = widths.length > 0 ? widths : [pictureWidths[0]];
  const middle = offered.findLast((width) => width <= 960) ?? offered[0];
  return {
    ...row,
    url: pictureAddress(row.id, middle ?? pictureWidths[0]),
    srcSet: offered.map((width) => `${pictureAddress(row.id, width)} ${width}w`).join(', '),
  };
}

export function pictureAddress(id: string, width: number): string {
  return `/media/${id}/${width}.webp`;
}
