import type { Prover } from '#components/security/prove.tsx';
import type { Ways } from '#lib/users/rules.ts';
import { begin, byCode, byPasskey } from './actions.ts';

/** The way to prove oneself, for pages to hand to the browser. */
export function proverWith(ways: Ways): Prover {
  return { ways, begin, byPasskey, byCode };
}
