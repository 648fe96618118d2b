import { type PlanInput, planFieldNames, planInput } from './input.ts';
import type { PlanTerms } from './rules.ts';

/** A form as it was sent: print and digital for a year that renews, at €48.00, unless told otherwise. */
export function aPlanInput(parts: Record<string, string> = {}): PlanInput {
  return planInput.parse({
    ...Object.fromEntries(planFieldNames.map((name) => [name, ''])),
    ...{ name: 'A plan', editions: 'both', term: 'year', ending: 'renews', trialCard: 'before' },
    'EUR-standard': '48',
    ...parts,
  });
}

export const ofYear: Pick<PlanTerms, 'term'> = { term: { kind: 'time', interval: 'year' } };
