import sharp from 'sharp';
import { lightSteps, toneSteps } from '#lib/media/rules.ts';

/** Pixels on the longer side: what is left of a picture that is shown blurred. */
const side = 16;

/**
 * A picture in a few pixels, as a `data:` address of about 200 characters. For pages that may not load such an address its
 * type carries the main colour as `tone=rgb`, each a digit below 8, and as `light=` how dark or bright each of six parts is
 * against it (three above three, a digit below 5, 2 for alike), unless the picture lets the page shine through.
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
  const parts = await sharp(data, { raw })
    .removeAlpha()
    .resize({ width: 3, height: 2, fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  const own = brightness(dominant.r, dominant.g, dominant.b);
  const light = [0, 3, 6, 9, 12, 15]
    .map((at) => brightness(parts[at], parts[at + 1], parts[at + 2]) - own)
    .map(lightStep)
    .join('');
  const told = isOpaque ? `;tone=${tone};light=${light}` : '';
  return `data:image/webp${told};base64,${tiny.toString('base64')}`;
}

/** As eyes see it, from 0 to 255. */
function brightness(red = 0, green = 0, blue = 0): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function lightStep(difference: number): number {
  const middle = (lightSteps - 1) / 2;
  return Math.min(lightSteps - 1, Math.max(0, Math.round(difference / 40) + middle));
}
