import { drawer, fill, type World } from '../world.ts';

/** The card of a portal session that its bank is being asked about, or null. */
export function atBankOf(world: World, session: string): string | null {
  return drawer(world, 'portal', session)?.atBank ?? null;
}

/** Notes which card the bank is asked about; null when it has answered. */
export function keepAsked(world: World, session: string, method: string | null): void {
  const known = drawer(world, 'portal', session);
  if (known) fill(world, 'portal', session, { ...known, atBank: method });
}
