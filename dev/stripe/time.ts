import { firstAppointment, takeDue } from './agenda.ts';
import { invoiceDue } from './billing/invoice-time.ts';
import { nextInvoiceStep, nextStep } from './billing/plan.ts';
import { subscriptionDue } from './billing/subscription-time.ts';
import { settleDebit } from './objects/debits.ts';
import { expireSession } from './objects/sessions.ts';
import type { Appointment } from './state.ts';
import { type DeliveryReport, nextDueAt } from './webhooks.ts';
import { atMoment, drawer, find, type World } from './world.ts';

/** Moves the virtual clock on, from one thing that falls due to the next, and sends the webhooks on the way. */
export async function advance(
  world: World,
  seconds: number,
  deliver: () => Promise<DeliveryReport[]>,
  closing: AbortSignal | null,
): Promise<DeliveryReport[]> {
  const target = world.wall() + seconds;
  const reports: DeliveryReport[] = [];
  for (let at = nextMoment(world); at !== null && at <= target; at = nextMoment(world)) {
    world.state.ahead += Math.max(0, at - world.wall());
    fallDue(world);
    reports.push(...(await deliver()));
    if (closing?.aborted) return reports;
  }
  world.state.ahead += Math.max(0, target - world.wall());
  return reports;
}

/** What time alone brings about, besides webhooks, each thing at its own time. Answers whether anything did. */
export function fallDue(world: World): boolean {
  return catchUp(world, null, world.wall());
}

/** The same on a test clock, up to `target` in seconds. */
export function catchUp(world: World, clock: string | null, target: number): boolean {
  let happened = false;
  let latest = 0;
  for (let due = takeDue(world, clock, target); due; due = takeDue(world, clock, target)) {
    latest = Math.max(latest, due.at);
    const one = due;
    if (atMoment(world, latest, () => happens(world, one))) happened = true;
  }
  return happened;
}

/** The time in seconds when something next falls due, or null. */
export function nextMoment(world: World): number | null {
  let first = firstAppointment(world, null);
  while (first && isOvertaken(world, first)) {
    takeDue(world, null, first.at);
    first = firstAppointment(world, null);
  }
  const moments = [first?.at ?? null, nextDueAt(world)].filter((at) => at !== null);
  return moments.length ? Math.min(...moments) : null;
}

/** Whether an appointment will find nothing to do: paid, ended, put off. */
function isOvertaken(world: World, { task, id, at }: Appointment): boolean {
  switch (task) {
    case 'session':
      return find(world, 'checkout.session', id)?.status !== 'open';
    case 'debit':
      return drawer(world, 'debit', id) === null;
    case 'subscription': {
      const subscription = find(world, 'subscription', id);
      return ((subscription && nextStep(world, subscription)?.at) ?? Infinity) > at;
    }
    case 'invoice': {
      const invoice = find(world, 'invoice', id);
      return ((invoice && nextInvoiceStep(world, invoice)?.at) ?? Infinity) > at;
    }
  }
}

/** False where it has been overtaken. */
function happens(world: World, { task, id }: Appointment): boolean {
  switch (task) {
    case 'session': {
      const session = find(world, 'checkout.session', id);
      if (session?.status !== 'open' || session.expires_at > world.now()) return false;
      expireSession(world, id);
      return true;
    }
    case 'debit': {
      const debit = drawer(world, 'debit', id);
      if (!debit || debit.at > world.now()) return false;
      settleDebit(world, id);
      return true;
    }
    case 'subscription':
      return subscriptionDue(world, id);
    case 'invoice':
      return invoiceDue(world, id);
  }
}
