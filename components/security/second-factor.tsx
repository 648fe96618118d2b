'use client';

import { Prove, type Prover } from './prove.tsx';

/** The question between signing in and the office; goes on to `next`, a path of this site, when it is answered. */
export function SecondFactor({ prover, next }: { prover: Prover; next: string }) {
  return <Prove prover={prover} done={() => window.location.assign(next)} />;
}
