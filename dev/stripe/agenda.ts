import type { Appointment } from './state.ts';
import { findCustomer, idOf, type World } from './world.ts';

/** Notes that something falls due; a time that is past counts as now. */
export function appoint(world: World, appointment: Omit<Appointment, 'nth'>): void {
  world.state.appointed += 1;
  const heap = heapOf(world, appointment.clock);
  heap.push({ ...appointment, nth: world.state.appointed });
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!sooner(heap, child, parent)) break;
    swap(heap, child, parent);
    child = parent;
  }
}

/** Takes the first appointment out that is due on a clock; null where none is. */
export function takeDue(world: World, clock: string | null, now: number): Appointment | null {
  const heap = heapOf(world, clock);
  const [first] = heap;
  if (!first || first.at > now) return null;
  const last = heap.pop();
  if (last && heap.length) {
    heap[0] = last;
    sink(heap);
  }
  return first;
}

/** The next appointment of a clock, or null. */
export function firstAppointment(world: World, clock: string | null): Appointment | null {
  return heapOf(world, clock)[0] ?? null;
}

/** The test clock that a customer's doings go by, or null. */
export function clockOf(
  world: World,
  customer: string | { id: string } | null | undefined,
): string | null {
  return idOf(findCustomer(world, customer)?.test_clock);
}

function heapOf(world: World, clock: string | null): Appointment[] {
  const key = clock ?? 'own';
  world.state.agenda[key] ??= [];
  return world.state.agenda[key];
}

function sink(heap: Appointment[]): void {
  let at = 0;
  for (;;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && sooner(heap, child, least)) least = child;
    }
    if (least === at) return;
    swap(heap, at, least);
    at = least;
  }
}

/** Of the same time, the one that was made first. */
function sooner(heap: readonly Appointment[], a: number, b: number): boolean {
  const [first, second] = [heap[a], heap[b]];
  if (!first || !second) return false;
  return first.at < second.at || (first.at === second.at && first.nth < second.nth);
}

function swap(heap: Appointment[], a: number, b: number): void {
  const held = heap[a] as Appointment;
  heap[a] = heap[b] as Appointment;
  heap[b] = held;
}
