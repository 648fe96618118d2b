import sharp from 'sharp';
import { expect, it } from 'vitest';
import { drawCover } from './covers.ts';

it('draws a cover for each issue of the demo, in the size of a cover', async () => {
  for (const number of [11, 12, 13, 14, 15]) {
    const png = await drawCover({ number, title: 'Night Work', periodLabel: 'Spring 2026' });
    const { format, width, height } = await sharp(png).metadata();
    expect({ format, width, height }).toEqual({ format: 'png', width: 1500, height: 2000 });
  }
}, 30_000);

it('refuses an issue that has no cover', async () => {
  const cover = { number: 1, title: 'Night Work', periodLabel: 'Spring 2026' };
  await expect(drawCover(cover)).rejects.toThrow('issue 1');
});
