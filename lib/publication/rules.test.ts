import { describe, expect, test } from 'vitest';
import { zonedInstant, zonedText } from './rules.ts';

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
