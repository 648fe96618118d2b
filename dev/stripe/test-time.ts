import { clockOf } from './agenda.ts';
import type { ObjectKind } from './schemas/served.ts';
import { idOf, type World } from './world.ts';

/** Objects that belong to a customer, and whose calls go by that customer's clock. */
const OWNED: readonly ObjectKind[] = ['subscription', 'invoice', 'invoiceitem', 'checkout.session'];
const NAMES = ['subscription', 'invoice'] as const;

/** The time of the test clock that a call is about, in seconds; null where it is about none. */
export function momentOf(world: World, params: object, id: string): number | null {
  if (!hasClocks(world)) return null;
  const given = params as { customer?: unknown; test_clock?: unknown } & Record<string, unknown>;
  const named = [id, ...NAMES.map((name) => given[name])].filter((one) => typeof one === 'string');
  const customers = [
    ...(typeof given.customer === 'string' ? [given.customer] : []),
    ...named.flatMap((one) => ownerOf(world, one)),
  ];
  const clocks = [
    ...(typeof given.test_clock === 'string' ? [given.test_clock] : []),
    ...customers.flatMap((customer) => clockOf(world, customer) ?? []),
  ];
  return clocks.flatMap((clock) => frozenTime(world, clock))[0] ?? null;
}

/** The present on the clock of a customer, in seconds; null for the stand-in's own. */
export function customerTime(world: World, customer: string | null): number | null {
  const clock = clockOf(world, customer);
  return clock === null ? null : (frozenTime(world, clock)[0] ?? null);
}

function hasClocks(world: World): boolean {
  for (const _clock in world.state.objects['test_helpers.test_clock']) return true;
  return false;
}

function ownerOf(world: World, id: string): string[] {
  if (Object.hasOwn(world.state.objects.customer, id)) return [id];
  const item = world.state.drawers.item[id];
  if (item) return ownerOf(world, item.subscription);
  for (const kind of OWNED) {
    const found = world.state.objects[kind][id] as { customer?: string | null } | undefined;
    const customer = idOf(found?.customer);
    if (customer !== null) return [customer];
  }
  return [];
}

function frozenTime(world: World, clock: string): number[] {
  const found = world.state.objects['test_helpers.test_clock'][clock];
  return found ? [found.frozen_time] : [];
}
