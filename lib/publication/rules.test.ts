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
  zonedInstant,
  zonedText,
} from './rules.ts';

const instant = (text: string, timeZone: string) => zonedInstant(text, timeZone)?.toISOString();

describe('a time on the wall', () => {
  test.each([
    ['UTC', '2027-03-01T09:00', '2027-03-01T09:00:00.000Z'],
    ['Europe/Berlin', '2027-03-01T09:00', '2027-03-01T08:00:00.000Z'],
    ['Europe/Berlin', '2027-07-01T09:00', '2027-07-01T07:00:00.000Z'],
    ['America/New_York', '2027-01-01T00:30', '2027-01-01T05:30:00.000Z'],
    ['Asia/Kathmandu', '2027-01-01T00:00', '2026-12-31T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2027-01-01T00:00', '2026-12-31T10:00:00.000Z'],
  ])('in %s is an instant, and back', (timeZone, text, expected) => {
    expect(instant(text, timeZone)).toBe(expected);
    expect(zonedText(new Date(expected), timeZone)).toBe(text);
  });

  test('that comes twice means the first, and one that is skipped moves on', () => {
    expect(instant('2027-10-31T02:30', 'Europe/Berlin')).toBe('2027-10-31T00:30:00.000Z');
    expect(instant('2027-03-28T02:30', 'Europe/Berlin')).toBe('2027-03-28T01:30:00.000Z');
    expect(instant('2027-11-07T01:30', 'America/New_York')).toBe('2027-11-07T05:30:00.000Z');
    expect(instant('2027-03-14T02:30', 'America/New_York')).toBe('2027-03-14T07:30:00.000Z');
  });

  test.each(['', 'soon', '2027-02-30T09:00', '2027-03-01', '2027-03-01T25:00'])(
    'is not “%s”',
    (text) => {
      expect(zonedInstant(text, 'Europe/Berlin')).toBeNull();
    },
  );
});

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
