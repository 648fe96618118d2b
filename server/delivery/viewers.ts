import { type Question, variantsFor } from '#lib/reading/variant.ts';
import { batched } from './batched.ts';

type Ask = (questions: readonly Question[]) => Promise<(string | null)[]>;

/**
 * Answers which variant of a page a session gets (`null`: none, it is over), asked of the database at each request. Those
 * who ask while an answer is on its way are asked about together.
 */
export function viewers(ask: Ask = variantsFor): (question: Question) => Promise<string | null> {
  return batched(ask);
}
