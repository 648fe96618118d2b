import sharp from 'sharp';
import { drawCover } from '#db/seed/art/covers.ts';
import { drawPicture } from '#db/seed/art/pictures.ts';
import { uploadPicture } from '#lib/media/commands.ts';
import { system } from '#lib/users/rules.ts';

type Details = { alt: string; caption?: string; credit?: string };

/** Draws a picture of the demo and takes it in like an upload. Answers its id. */
export async function takeDrawing(key: string, details: Details): Promise<string> {
  const { svg } = drawPicture(key);
  const bytes = await sharp(Buffer.from(svg))
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return take(bytes, `${key}.jpg`, { credit: 'Wanjiru Castellane', ...details });
}

/** The same for an issue's cover. */
export async function takeCover(
  issue: { number: number; title: string; periodLabel: string },
  details: Details,
): Promise<string> {
  return take(await drawCover(issue), `cover-${issue.number}.png`, details);
}

async function take(bytes: Buffer, filename: string, details: Details): Promise<string> {
  const taken = await uploadPicture(system, { bytes, filename }, details);
  if (!taken.ok) throw new Error(`${filename}: ${taken.message}`);
  return taken.value.id;
}
