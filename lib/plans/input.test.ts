import { describe, expect, test } from 'vitest';
import { parseInput } from '#lib/input.ts';
import { planFieldNames, planInput } from './input.ts';

/** The form of a yearly plan at €48.00, every field there as browsers send it. */
const form = (parts: Record<string, string> = {}) => ({
  ...Object.fromEntries(planFieldNames.map((name) => [name, ''])),
  ...{ name: ' Print ', editions: 'both', term: 'year', ending: 'renews', trialCard: 'before' },
  'EUR-standard': '48',
  ...parts,
});
const read = (parts: Record<string, string> = {}) => parseInput(planInput, form(parts));
const refused = (parts: Record<string, string>) => {
  const input = read(parts);
  return input.ok ? [] : Object.keys(input.fields ?? {}).toSorted();
};

describe('a plan’s form', () => {
  test('is read with amounts in minor units, and currencies that were left empty as not sold in', () => {
    const parts = { archive: 'yes', trialDays: '14', trialCard: 'after', 'GBP-standard': '42,5' };
    expect(read(parts)).toEqual({
      ok: true,
      value: {
        name: 'Print',
        description: '',
        terms: {
          ...{ includesPrint: true, includesDigital: true, includesArchive: true },
          term: { kind: 'time', interval: 'year' },
          ...{ renews: true, trialDays: 14, trialNeedsCard: false },
        },
        EUR: { reduced: null, standard: 4_800, supporter: null, chosen: null },
        GBP: { reduced: null, standard: 4_250, supporter: null, chosen: null },
        USD: null,
      },
    });
  });

  test('of a number of issues neither renews nor has free days, whatever its hidden fields say', () => {
    const parts = { term: 'issues', issueCount: '4', trialDays: 'many', ending: 'renews' };
    expect(read(parts)).toMatchObject({
      value: { terms: { term: { kind: 'issues', count: 4 }, renews: false, trialDays: 0 } },
    });
    expect(read({ issueCount: 'many' })).toMatchObject({ ok: true });
  });

  test('names the fields that it refuses', () => {
    expect(refused({ name: ' ', description: 'a'.repeat(501) })).toEqual(['description', 'name']);
    expect(refused({ name: 'a'.repeat(81) })).toEqual(['name']);
    expect(refused({ editions: 'none' })).toEqual(['editions']);
    expect(refused({ term: 'week' })).toEqual(['term']);
    for (const issueCount of ['', '0', '61', '1.5', 'x']) {
      expect(refused({ term: 'issues', issueCount }), issueCount).toEqual(['issueCount']);
    }
    for (const trialDays of ['-1', '91', '1.5', 'x']) {
      expect(refused({ trialDays }), trialDays).toEqual(['trialDays']);
    }
    expect(refused({ 'EUR-standard': '' })).toEqual(['prices']);
    for (const amount of ['-1', '1.234', '€5', '1e3', '100000.01']) {
      expect(refused({ 'EUR-standard': amount }), amount).toEqual(['EUR-standard']);
    }
  });

  test('wants the reduced price under the standard one, and the supporters’ over it', () => {
    expect(refused({ 'EUR-reduced': '34', 'EUR-supporter': '84' })).toEqual([]);
    expect(refused({ 'EUR-reduced': '48' })).toEqual(['EUR-reduced']);
    expect(refused({ 'EUR-supporter': '48' })).toEqual(['EUR-supporter']);
    expect(refused({ 'USD-reduced': '30' })).toEqual(['USD-standard']);
  });

  test('wants all of what readers choose between, the suggestion within the bounds', () => {
    const bounds = (suggested: string, minimum: string, maximum: string) => ({
      ...{ 'EUR-suggested': suggested, 'EUR-minimum': minimum, 'EUR-maximum': maximum },
    });
    expect(read({ ...bounds('28', '8', '200'), 'EUR-standard': '' })).toMatchObject({
      value: {
        EUR: { standard: null, chosen: { suggested: 2_800, minimum: 800, maximum: 20_000 } },
      },
    });
    expect(refused(bounds('28', '28', '28'))).toEqual([]);
    expect(refused(bounds('28', '', ''))).toEqual(['EUR-maximum', 'EUR-minimum']);
    expect(refused(bounds('28', '28.01', '200'))).toEqual(['EUR-minimum']);
    expect(refused(bounds('28', '8', '27.99'))).toEqual(['EUR-maximum']);
  });
});
