import type Stripe from 'stripe';
import { invalid } from '../errors.ts';
import { atMoment, findBy, need, newId, put, remove, type World } from '../world.ts';
import { emit } from './events.ts';
import { DAY } from './periods.ts';

type Clock = Stripe.TestHelpers.TestClock;

/** A clock of its own for the customers that are bound to it; it stands still until it is advanced. */
export function createClock(world: World, params: Stripe.TestHelpers.TestClockCreateParams): Clock {
  const clock = put(world, 'test_helpers.test_clock', {
    id: newId(world, 'clock'),
    object: 'test_helpers.test_clock',
    created: world.wall(),
    deletes_after: world.wall() + 30 * DAY,
    frozen_time: params.frozen_time,
    livemode: false,
    name: params.name ?? null,
    status: 'ready',
    status_details: {},
  });
  emit(world, 'test_helpers.test_clock.created', clock);
  return clock;
}

/**
 * Moves a clock on, and does everything that falls due on the way; `happen` does it. The answer says `advancing`, as
 * Stripe's does; asked again the clock is `ready`.
 */
export function advanceClock(
  world: World,
  id: string,
  params: Stripe.TestHelpers.TestClockAdvanceParams,
  happen: (clock: string, until: number) => void,
): Clock {
  const clock = need(world, 'test_helpers.test_clock', id);
  const target = params.frozen_time;
  if (target <= clock.frozen_time) {
    throw invalid('You can only advance a test clock to a later time.', 'frozen_time');
  }
  const answer: Clock = {
    ...clock,
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: target } },
  };
  emit(world, 'test_helpers.test_clock.advancing', answer);
  happen(id, target);
  clock.frozen_time = target;
  atMoment(world, target, () => emit(world, 'test_helpers.test_clock.ready', clock));
  return answer;
}

/** The customers of a clock go with it. */
export function deleteClock(
  world: World,
  id: string,
  removeCustomer: (id: string) => void,
): Stripe.TestHelpers.DeletedTestClock {
  const clock = need(world, 'test_helpers.test_clock', id);
  for (const customer of findBy(world, 'customer', 'test_clock', id)) removeCustomer(customer.id);
  remove(world, 'test_helpers.test_clock', id);
  delete world.state.agenda[id];
  emit(world, 'test_helpers.test_clock.deleted', clock);
  return { id, object: 'test_helpers.test_clock', deleted: true };
}
