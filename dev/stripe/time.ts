import { settleDebit } from './objects/payments.ts';
import { expireOverdue } from './objects/sessions.ts';
import { type DeliveryReport, nextDueAt } from './webhooks.ts';
import { all, type World } from './world.ts';

/** Moves the virtual clock on, from one thing that falls due to the next, and sends the webhooks on the way. */
export async function advance(
  world: World,
  seconds: number,
  deliver: () => Promise<DeliveryReport[]>,
  closing: AbortSignal | null,
): Promise<DeliveryReport[]> {
  const target = world.now() + seconds;
  const reports: DeliveryReport[] = [];
  for (let at = nextMoment(world); at !== null && at <= target; at = nextMoment(world)) {
    world.state.ahead += Math.max(0, at - world.now());
    fallDue(world);
    reports.push(...(await deliver()));
    if (closing?.aborted) return reports;
  }
  world.state.ahead += Math.max(0, target - world.now());
  return reports;
}

/** What time alone brings about, besides webhooks. Answers whether anything did. */
export function fallDue(world: World): boolean {
  const expired = expireOverdue(world);
  const debits = Object.entries(world.state.backstage).filter(
    ([, { debit }]) => debit && debit.at <= world.now(),
  );
  for (const [id] of debits) settleDebit(world, id);
  return expired + debits.length > 0;
}

/** The time in seconds when something next falls due, or null. */
export function nextMoment(world: World): number | null {
  const debits = Object.values(world.state.backstage).flatMap(({ debit }) =>
    debit ? [debit.at] : [],
  );
  const expiries = all(world, 'checkout.session')
    .filter((session) => session.status === 'open')
    .map((session) => session.expires_at);
  const webhook = nextDueAt(world);
  const moments = [...debits, ...expiries, ...(webhook === null ? [] : [webhook])];
  return moments.length ? Math.min(...moments) : null;
}
