import { type Actor, may } from '#lib/users/rules.ts';

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
  version: number;
  /** The picture in a few pixels, as a `data:` address; `null` where there is none yet. */
  placeholder: string | null;
};

export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** What may be sent: a drawing (SVG) is kept as the picture that it draws. */
export const acceptedTypes = [...pictureTypes, 'image/svg+xml'] as const;

/**
 * The widths, in pixels, that pictures are kept in. Other widths don't exist, so nobody can make us draw them. 640 and 720
 * lie close together since most telephones show a text's full width in about so many.
 */
export const pictureWidths = [320, 640, 720, 960, 1280, 1920] as const;

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
  version: number;
  placeholder: string | null;
};

/** A picture with the addresses of its sizes; nothing else of its row leaves with it. */
export function pictureOf(row: PictureRow): Picture {
  const { id, width, height, alt, caption, credit, focalX, focalY, version, placeholder } = row;
  const offered = offeredWidths(width);
  const middle = offered.findLast((one) => one <= 960) ?? pictureWidths[0];
  const set = (format: SizeFormat) =>
    offered.map((one) => `${pictureAddress(id, one, format, version)} ${one}w`).join(', ');
  return {
    id,
    width,
    height,
    alt,
    caption,
    credit,
    focalX,
    focalY,
    version,
    placeholder,
    url: pictureAddress(id, middle, 'webp', version),
    srcSet: set('webp'),
    avifSrcSet: set('avif'),
  };
}

/** The widths that a picture of `width` pixels is offered in: a smaller one is not blown up. */
export function offeredWidths(width: number): number[] {
  const widths = pictureWidths.filter((offered) => offered <= width);
  return widths.length > 0 ? widths : [pictureWidths[0]];
}

/**
 * Where a picture is had in one width. With `version` the address never answers with anything else; without, it answers
 * with the picture as it is now.
 */
export function pictureAddress(
  id: string,
  width: number,
  format: SizeFormat = 'webp',
  version?: number,
): string {
  return `/media/${id}/${version === undefined ? '' : `${version}-`}${width}.${format}`;
}

/** The classes that keep the picture's subject in a box that cuts it, in steps of 5 %; none for the middle. */
export function focalClasses({ focalX, focalY }: Pick<Picture, 'focalX' | 'focalY'>): string {
  return [['x', focalX] as const, ['y', focalY] as const]
    .map(([axis, fraction]) => [axis, Math.round(fraction * 20) * 5] as const)
    .filter(([, percent]) => percent !== 50)
    .map(([axis, percent]) => `focal-${axis}-${percent}`)
    .join(' ');
}

/** How many steps a tone's red, green and blue have each. */
export const toneSteps = 8;

/** How many steps there are from dark to bright, the middle one being as bright as the main colour. */
export const lightSteps = 5;

/**
 * The classes that give a picture's box its main colour, and blurred on it what is darker and brighter, until the picture
 * is there. They stand in the placeholder as `tone=` and `light=`. None for a picture that lets the page shine through, nor
 * for one without a placeholder.
 */
export function toneClasses({ placeholder }: Pick<Picture, 'placeholder'>): string {
  const found = /;tone=([0-7])([0-7])([0-7])(?:;light=([0-4]{6}))?;/.exec(placeholder ?? '');
  const [, red, green, blue, light = ''] = found ?? [];
  if (!red) return '';
  const parts = [...light].map((step, at) => (step === '2' ? '' : ` light-${at + 1}-${step}`));
  return `tone-r-${red} tone-g-${green} tone-b-${blue}${parts.join('')}`;
}

/**
 * Who may change a picture's words, replace or remove it: an editor every one, a writer their own as long as no public
 * page shows it.
 */
export function mayChangePicture(
  actor: Actor,
  picture: { createdBy: string | null; isPublic: boolean },
): boolean {
  if (may(actor, 'media.edit-any')) return true;
  return (
    may(actor, 'media.upload') &&
    actor.kind === 'person' &&
    picture.createdBy === actor.userId &&
    !picture.isPublic
  );
}

/** A picture that was sent and waits for the words without which it isn't taken in. */
export type StagedPicture = {
  id: string;
  filename: string;
  type: PictureType;
  bytes: number;
  width: number;
  height: number;
  /** The same for the same file alone. */
  hash: string;
  /** The same file is in the library already: the newest of those pictures. */
  known: Picture | null;
};

/** Where a picture stands. `href` leads to it in the office, `null` where the one who asks may not open it. */
export type PictureUse = {
  kind: 'article' | 'issue' | 'contributor' | 'publication';
  name: string;
  note: string;
  href: string | null;
  isPublic: boolean;
};

export const pictureTypeNames: Record<PictureType, string> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/avif': 'AVIF',
};

/** Of what a search finds no more are counted: who meets so many has to say more. */
export const mostCounted = 2_000;

/** How many pictures there are, in words; `searched` where they were counted no further than `mostCounted`. */
export function pictureCount(total: number, searched: boolean): string {
  if (searched && total >= mostCounted) return `${mostCounted} pictures or more`;
  return total === 1 ? '1 picture' : `${total} pictures`;
}

/** A file's length as people read it. */
export function fileSize(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
