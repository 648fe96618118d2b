import { describe, expect, test } from 'vitest';
import { watchParts } from './parts.ts';

const name = 'Content-Disposition: form-data; name="email"';
const form = (...heads: string[]) =>
  `${heads.map((head) => `--B\r\n${head}\r\n\r\nAnn\r\n`).join('')}--B--\r\n`;

/** Sends it in pieces of so many bytes. */
function garbled(text: string, size = text.length): boolean {
  const parts = watchParts('B');
  for (let at = 0; at < text.length; at += size) {
    parts.push(Buffer.from(text.slice(at, at + size), 'latin1'));
  }
  return parts.isGarbled();
}

const sound = {
  'of one field': form(name),
  'of several, one a file': form(name, `${name}; filename="a.jpg"\r\nContent-Type: image/jpeg`),
  'with a field that is empty': `--B\r\n${name}\r\n\r\n\r\n--B--\r\n`,
  'with a line before its first part': `Hello\r\n${form(name)}`,
  'with a boundary’s likeness in a field': `--B\r\n${name}\r\n\r\n--Bx: garbled\r\n\r\n--B--\r\n`,
  'with a garbled head behind its end': `${form(name)}--B\r\nx\r\n\r\n`,
  'in other letters': form(name.toLowerCase()),
};
const broken = {
  'without a colon': form('Content-Disposition form-data; name=email'),
  'without a name': form('Content-Disposition: form-data'),
  'that says nothing of a form': form('Content-Type: text/plain'),
  'with a line that is none': form(`${name}\r\n\0\0\0`),
  'in the second part': form(name, 'x'),
  'without an end': form(`${name}\r\nX: ${'x'.repeat(20_000)}`),
};

describe.each([1, 7, 100_000])('a form in parts that comes in pieces of %i bytes', (size) => {
  test.each(Object.entries(sound))('is read %s', (_, text) => {
    expect(garbled(text, size)).toBe(false);
  });

  test.each(Object.entries(broken))('is garbled by a part’s head %s', (_, text) => {
    expect(garbled(text, size)).toBe(true);
  });
});

test('a long file is no head', () => {
  const parts = watchParts('B');
  parts.push(Buffer.from(`--B\r\n${name}\r\n\r\n`));
  for (let n = 0; n < 20; n += 1) parts.push(Buffer.alloc(100_000, 'x'));
  parts.push(Buffer.from('\r\n--B'));
  expect(parts.isGarbled()).toBe(false);
  parts.push(Buffer.from('\r\nx\r\n\r\n'));
  expect(parts.isGarbled()).toBe(true);
});
