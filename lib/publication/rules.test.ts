import { describe, expect, test } from 'vitest';
import { fromLocalTime, localTime } from './rules.ts';

const iso = (text: string, timeZone: string) => fromLocalTime(text, timeZone)?.toISOString();

describe('the office’s time', () => {
  test('is read and shown in its own zone, summer and winter', () => {
    expect(iso('2031-07-01T09:30', 'Europe/Berlin')).toBe('2031-07-01T07:30:00.000Z');
    expect(iso('2031-12-01T09:30', 'Europe/Berlin')).toBe('2031-12-01T08:30:00.000Z');
    expect(iso('2031-12-01T09:30', 'UTC')).toBe('2031-12-01T09:30:00.000Z');
    expect(iso('2031-12-01T09:30', 'Asia/Kathmandu')).toBe('2031-12-01T03:45:00.000Z');
    expect(iso('2031-01-01T00:10', 'Pacific/Auckland')).toBe('2030-12-31T11:10:00.000Z');
    expect(localTime(new Date('2031-07-01T22:30:00Z'), 'Europe/Berlin')).toBe('2031-07-02T00:30');
    expect(localTime(null, 'Europe/Berlin')).toBe('');
  });

  test('that the clock leaves out is the hour after, and that comes twice is the first', () => {
    expect(iso('2031-03-30T02:30', 'Europe/Berlin')).toBe('2031-03-30T01:30:00.000Z');
    expect(iso('2031-10-26T02:30', 'Europe/Berlin')).toBe('2031-10-26T00:30:00.000Z');
    expect(iso('2031-03-09T02:30', 'America/New_York')).toBe('2031-03-09T07:30:00.000Z');
  });

  test('comes back as it was typed, at every hour around a clock change', () => {
    for (let hour = 0; hour < 96; hour += 1) {
      const at = new Date(Date.parse('2031-03-28T00:00:00Z') + hour * 3_600_000);
      expect(fromLocalTime(localTime(at, 'Europe/Berlin'), 'Europe/Berlin')).toEqual(at);
    }
  });

  test('is nothing where no time was typed', () => {
    for (const text of ['', 'tomorrow', '2031-02-31T10:00', '2031-01-01T25:00', '2031-01-01']) {
      expect(fromLocalTime(text, 'Europe/Berlin')).toBeNull();
    }
  });
});
