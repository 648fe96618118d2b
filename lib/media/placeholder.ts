import sharp from 'sharp';
import { toneSteps } from '#lib/media/rules.ts';

/** Pixels on the longer side: what is left of a picture that is shown blurred. */
const side = 16;

/**
 * A picture in a few pixels, as a `data:` address of about 200 characters. Its type carries the main colour as
 * `tone=rgb`, each a digit below 8, unless the picture lets the page shine through.
 */
export async function placeholderOf(bytes: Uint8Array): Promise<string> {
  const small = sharp(bytes).resize({ width: 64, height: 64, fit: 'inside' });
  const { data, info } = await small.raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const tiny = await sharp(data, { raw })
    .resize({ width: side, height: side, fit: 'inside' })
    .webp({ quality: 30, alphaQuality: 30, effort: 6 })
    .toBuffer();
  const { dominant, isOpaque } = await sharp(data, { raw }).stats();
  const step = (value: number) => Math.round((value / 255) * (toneSteps - 1));
  const tone = [dominant.r, dominant.g, dominant.b].map(step).join('');
  return `data:image/webp${isOpaque ? `;tone=${tone}` : ''};base64,${tiny.toString('base64')}`;
}
