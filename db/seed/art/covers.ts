import sharp from 'sharp';
import { aRoomInTheCity } from './covers/a-room-in-the-city.ts';
import { arithmetic } from './covers/arithmetic.ts';
import { commonsAndFences } from './covers/commons-and-fences.ts';
import type { CoverDesign } from './covers/design.ts';
import { setLettering } from './covers/lettering.ts';
import { nightWork } from './covers/night-work.ts';
import { theWeatherInside } from './covers/the-weather-inside.ts';
import { toSvg } from './draw.ts';
import { seeded } from './random.ts';

const designs: Record<number, CoverDesign> = {
  11: commonsAndFences,
  12: nightWork,
  13: aRoomInTheCity,
  14: theWeatherInside,
  15: arithmetic,
};

/** The cover of one of the demo's issues as a PNG, 1500 by 2000. Throws on an issue that has no drawing. */
export async function drawCover(cover: {
  number: number;
  title: string;
  periodLabel: string;
}): Promise<Buffer> {
  const design = designs[cover.number];
  if (!design) throw new Error(`There is no cover for issue ${cover.number}`);
  const art = design.draw(seeded(`cover ${cover.number}`));
  const sheet = { width: 1500, height: 2000, paper: design.paper, art };
  return sharp(Buffer.from(toSvg(sheet)))
    .composite([{ input: await setLettering(design, cover) }])
    .png({ palette: true, colours: 128, dither: 0 })
    .toBuffer();
}
