import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { maxPicturePixels, type PictureType } from '#lib/media/rules.ts';
import { draw } from './draw.ts';
import { placeholderOf } from './placeholder.ts';

/** What the row says of a picture's bytes. `hash` is of the bytes that were sent, `bytes` the length of those kept. */
export type PictureFacts = {
  type: PictureType;
  bytes: number;
  width: number;
  height: number;
  hash: string;
  placeholder: string;
};

/** A picture as it is kept: written anew, upright, without metadata. */
export type CleanPicture = { data: Uint8Array; facts: PictureFacts };

/**
 * Reads what somebody sent, whatever it is called: JPEG, PNG, WebP, AVIF, or SVG, which is drawn. It is turned upright,
 * its colours become sRGB, and it is written anew, so places, cameras and anything hidden in the file are gone. `null`
 * for everything else, for what can't be decoded whole, and for more than 80 megapixels.
 */
export async function readPicture(bytes: Uint8Array): Promise<CleanPicture | null> {
  const kind = kindOf(bytes);
  if (!kind) return null;
  try {
    // A drawing is never kept itself.
    const { picture, type } =
      kind === 'svg' ? await decoded(await draw(bytes), 'png') : await decoded(bytes, kind);
    const { data, info } = await picture.toBuffer({ resolveWithObject: true });
    return {
      data,
      facts: {
        type,
        bytes: data.byteLength,
        width: info.width,
        height: info.height,
        hash: createHash('sha256').update(bytes).digest('hex'),
        placeholder: await placeholderOf(data),
      },
    };
  } catch {
    // The library throws for every file it can't decode: to the person who sent it, that is not a picture.
    return null;
  }
}

type Kind = 'jpeg' | 'png' | 'webp' | 'heif' | 'svg';

const types = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heif: 'image/avif',
} as const;

/** Told by the first bytes, so that no decoder but the five is ever asked. */
function kindOf(bytes: Uint8Array): Kind | null {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^RIFF.{4}WEBP/s.test(head)) return 'webp';
  if (/^.{4}ftyp(?:avif|avis|mif1|msf1)/s.test(head)) return 'heif';
  return /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE svg|svg)/.test(head) ? 'svg' : null;
}

const limits = { limitInputPixels: maxPicturePixels, failOn: 'error' } as const;

/** How what is kept is encoded: near to what was sent, since every size is made from it. */
const encoders: Record<Exclude<Kind, 'svg'>, (picture: Sharp) => Sharp> = {
  jpeg: (picture) => picture.jpeg({ quality: 92, chromaSubsampling: '4:4:4' }),
  png: (picture) => picture.png(),
  webp: (picture) => picture.webp({ quality: 92 }),
  // Each step of effort doubles the seconds that somebody waits.
  heif: (picture) => picture.avif({ quality: 75, effort: 2 }),
};

async function decoded(bytes: Uint8Array, kind: Exclude<Kind, 'svg'>) {
  const picture = sharp(bytes, limits);
  const { format, compression } = await picture.metadata();
  if (format !== kind || (kind === 'heif' && compression !== 'av1'))
    throw new Error('Another kind');
  return { picture: encoders[kind](picture.rotate()), type: types[kind] };
}
