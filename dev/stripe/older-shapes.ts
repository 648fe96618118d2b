import type Stripe from 'stripe';
import { wire } from './world.ts';

type Json = Record<string, unknown>;

/**
 * An event as an endpoint with an older API version gets it. Only what one-time payments meet is turned back:
 * `ui_mode: 'hosted'`, `shipping_details` on the session, the refunds inside a charge.
 */
export function olderShape(event: Stripe.Event, apiVersion: string): object {
  const older = wire(event) as unknown as Json & { data: { object: Json } };
  older.api_version = apiVersion;
  const { object } = older.data;
  if (object.object === 'checkout.session') olderSession(object);
  if (object.object === 'charge') {
    object.invoice = null;
    object.refunds = {
      object: 'list',
      data: [],
      has_more: false,
      url: `/v1/charges/${object.id}/refunds`,
    };
  }
  if (object.object === 'payment_intent') object.invoice = null;
  return older;
}

function olderSession(session: Json): void {
  const collected = session.collected_information as { shipping_details: unknown } | null;
  session.shipping_details = collected?.shipping_details ?? null;
  delete session.collected_information;
  delete session.integration_identifier;
  delete session.origin_context;
  if (session.ui_mode === 'hosted_page') session.ui_mode = 'hosted';
}
