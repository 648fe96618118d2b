import { copyFile, readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

/*
 * Makes what an ordinary page loads of the magazine's face, `npm run fonts`: Western European letters, the weights and
 * features that the style sheets use. Rarer alphabets come from @fontsource as they are (app/fonts/text.css).
 */

const from = new URL('../node_modules/@fontsource-variable/source-serif-4/', import.meta.url);
const to = new URL('../app/fonts/', import.meta.url);

/** The same as in app/fonts/text.css. */
const ranges = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x2010, 0x2015],
  [0x2018, 0x201e],
];
const others = 'ıŒœˆ˚˜\u2009\u200a\u202f†•…‹›⁄€™↑↓−';
const features = ['kern', 'liga', 'onum', 'lnum', 'tnum'];

/** Licence, section 3: what was changed may not be called by the reserved name. Of the same length, to fit in place. */
const names = [
  ['Source Serif 4', 'Broadside Text'],
  ['SourceSerif4', 'BroadsideTxt'],
];

const letters = ranges
  .flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
  )
  .join('');

for (const [style, name] of [
  ['normal', 'roman'],
  ['italic', 'italic'],
]) {
  const original = await readFile(new URL(`files/source-serif-4-latin-wght-${style}.woff2`, from));
  const plain = await subsetFont(original, letters + others, {
    targetFormat: 'sfnt',
    variationAxes: { wght: { min: 400, max: 700 } },
    keepFeatures: features,
    noHinting: true,
  });
  for (const [reserved, ours] of names) rename(plain, reserved, ours);
  const packed = await subsetFont(plain, null, { targetFormat: 'woff2', keepAllGlyphs: true });
  await writeFile(new URL(`text-${name}.woff2`, to), packed);
  console.log(`text-${name}.woff2: ${packed.length} bytes`);
}
await copyFile(new URL('LICENSE', from), new URL('LICENSE', to));

/** Names stand in fonts as UTF-16, big-endian. */
function rename(font, reserved, ours) {
  const [before, after] = [reserved, ours].map((name) => Buffer.from(name, 'utf16le').swap16());
  let found = 0;
  for (let at = font.indexOf(before); at >= 0; at = font.indexOf(before, at + 1)) {
    after.copy(font, at);
    found += 1;
  }
  if (found === 0) throw new Error(`The font has no name ${reserved} to change`);
}
