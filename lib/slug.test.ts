import { expect, it } from 'vitest';
import { slugify, slugMaxLength, slugPattern } from './slug.ts';

it.each([
  ['The Third Stair', 'the-third-stair'],
  ['  — Rain, in “this” novel! —  ', 'rain-in-this-novel'],
  ["It’s 9 o'clock", 'its-9-oclock'],
  ['Crème brûlée à Ñandú', 'creme-brulee-a-nandu'],
  ['Ärger, Öl, Übung, Straße', 'aerger-oel-uebung-strasse'],
  ['A\u0308rger', 'aerger'],
  ['Ærø, Ångström, Łódź, Þór, Đuro, œuvre', 'aeroe-aangstroem-lodz-thor-duro-oeuvre'],
  ['ﬁne ½ №', 'fine-1-2-o'],
  ['İstanbul', 'istanbul'],
  ['a--b__c', 'a-b-c'],
])('%j has the address %s', (title, slug) => {
  expect(slugify(title)).toBe(slug);
});

it.each(['', '  ', '!?', '雨', '🦓'])('%j has none', (title) => {
  expect(slugify(title)).toBe('');
});

it('is an address that the forms and the database accept, however long and odd the title is', () => {
  const titles = [
    'x'.repeat(500),
    'word '.repeat(100),
    `${'x'.repeat(slugMaxLength - 1)} y`,
    '-'.repeat(200).concat('a'),
    String.fromCodePoint(...Array.from({ length: 3_000 }, (_, code) => code)),
  ];
  for (const title of titles) {
    const slug = slugify(title);
    expect(slug).toMatch(slugPattern);
    expect(slug.length).toBeLessThanOrEqual(slugMaxLength);
    expect(slugify(slug)).toBe(slug);
  }
});

it.each(['', '-', 'a-', '-a', 'a--b', 'A', 'ä', 'a b', 'a/b', 'a\n', '../a'])(
  '%j is no address',
  (text) => {
    expect(slugPattern.test(text)).toBe(false);
  },
);
