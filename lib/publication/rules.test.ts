import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  accentContrast,
  coloursAddress,
  coloursSheet,
  contrast,
  leastContrast,
  papers,
  touched,
} from './rules.ts';

describe('a colour', () => {
  test('is measured as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(contrast('#ffffff', '#777777')).toBeLessThan(4.5);
  });

  test('is measured against the papers that pages have', () => {
    const sheet = readFileSync('app/globals.css', 'utf8');
    for (const colour of [...papers.light, ...papers.dark]) expect(sheet).toContain(colour);
    expect(accentContrast('#962d1c', 'light')).toBeGreaterThan(leastContrast);
    expect(accentContrast('#f0917a', 'dark')).toBeGreaterThan(leastContrast);
    expect(accentContrast('#f0917a', 'light')).toBeLessThan(leastContrast);
  });

  test('has a sheet of its own name, and none where the site’s own are kept', () => {
    expect(coloursAddress({ light: null, dark: null })).toBeNull();
    expect(coloursAddress({ light: '#1f4f8f', dark: null })).toBe('/colours/1f4f8f-own.css');
    expect(coloursAddress({ light: null, dark: '#9cc3ff' })).toBe('/colours/own-9cc3ff.css');
  });

  test('for light paper alone never reaches the dark one, nor the other way', () => {
    const light = coloursSheet({ light: '#1f4f8f', dark: null });
    expect(light).toMatch(/^@media not \(prefers-color-scheme:dark\)/);
    expect(coloursSheet({ light: null, dark: '#9cc3ff' })).toMatch(/^@media \(prefers/);
    expect(coloursSheet({ light: '#1f4f8f', dark: '#9cc3ff' })).toMatch(/^:root:root/);
  });
});

describe('what is written of a form', () => {
  const opened = { a: '1', b: null as string | null, c: [1] };

  test('is what its sender changed, whatever others did to the rest', () => {
    const present = { a: '1', b: 'new', c: [1, 2] };
    expect(touched(opened, present, { ...opened, a: '2' })).toEqual({
      changes: { a: '2' },
      conflicts: [],
    });
  });

  test('is nothing of a field that somebody else changed to something else', () => {
    const present = { ...opened, a: '9' };
    expect(touched(opened, present, { ...opened, a: '2' })).toEqual({
      changes: {},
      conflicts: ['a'],
    });
    expect(touched(opened, present, { ...opened, a: '9' }).conflicts).toEqual([]);
  });

  test('that is one thing is in the way of every other change to it', () => {
    const present = { ...opened, b: 'new' };
    const wanted = { ...opened, a: '2' };
    expect(touched(opened, present, wanted, { whole: true }).conflicts).toEqual(['b']);
    expect(touched(opened, present, opened, { whole: true }).conflicts).toEqual([]);
  });
});
