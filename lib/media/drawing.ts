import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { maxPicturePixels } from '#lib/media/rules.ts';

/*
 * A program of its own: draws the SVG that it is given, and answers a PNG, or ends with 1. The drawing library (librsvg)
 * runs no script and, given bytes without an address, loads nothing that the drawing names. But a few lines can keep it
 * busy for hours, in native code that nothing stops but the end of its process.
 */

/** Pixels on the longer side of what a drawing becomes. */
const drawnSide = 2_400;
const usualDensity = 72;
const limits = { limitInputPixels: maxPicturePixels, failOn: 'error' } as const;

try {
  const bytes = await buffer(process.stdin);
  const { format, width, height } = await sharp(bytes, limits).metadata();
  const longer = Math.max(width, height);
  if (format !== 'svg' || longer === 0 || width * height > maxPicturePixels) process.exit(1);
  const density = Math.max(1, (usualDensity * drawnSide) / longer);
  const drawn = await sharp(bytes, { ...limits, density })
    .resize({ width: drawnSide, height: drawnSide, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();
  process.stdout.write(drawn);
} catch {
  process.exitCode = 1;
}
