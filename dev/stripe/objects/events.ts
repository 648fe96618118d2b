import type Stripe from 'stripe';
import { render } from '../expand.ts';
import { checkAnswer } from '../validate.ts';
import { newId, put, type World } from '../world.ts';

/** The events that the stand-in makes. */
export type EventType = Stripe.Event['type'];

/**
 * Records an event with the object as it is now, and puts it into the outbox. `before` holds the earlier values of
 * what changed, for `*.updated`.
 */
export function emit(
  world: World,
  type: EventType,
  object: { id: string },
  before?: Record<string, unknown>,
): Stripe.Event {
  const envelope = {
    id: newId(world, 'evt'),
    object: 'event',
    api_version: world.apiVersion,
    created: world.now(),
    data: { object: render(world, object), ...(before ? { previous_attributes: before } : {}) },
    livemode: false,
    pending_webhooks: 1,
    request: world.cause ?? { id: null, idempotency_key: null },
    type,
  } satisfies Omit<Stripe.EventBase, 'data' | 'type'> & { type: EventType; data: unknown };
  checkAnswer(envelope);
  // The union pairs each type with its object; that pairing is the caller's, checked against the schema when sent.
  const event = put(world, 'event', envelope as unknown as Stripe.Event);
  queue(world, event.id, world.webhookDelay());
  return event;
}

/** Sends an event (again) after a number of seconds. */
export function queue(world: World, eventId: string, delay: number): void {
  const at = world.wall() + delay;
  world.state.outbox.push({ eventId, dueAt: at, attempt: 0, firstAt: at });
}
