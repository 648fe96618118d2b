import type Stripe from 'stripe';
import { backstageOf, idOf, type World } from '../world.ts';
import { createCustomer, needCustomer, updateCustomer } from './customers.ts';
import type { Buyer } from './payment-methods.ts';

type Session = Stripe.Checkout.Session;

/**
 * The customer that a subscription or a stored card is for: the one that the session came with, changed as it allows,
 * or a new one with what was typed.
 */
export function customerFor(world: World, session: Session, buyer: Buyer): string {
  const known = idOf(session.customer);
  const { name, address } = buyer;
  const whole = address && (address.line1 || address.postal_code || address.city) ? address : null;
  const country = address?.country ?? null;
  const kept = whole ?? (country ? { country } : null);
  const to = session.collected_information?.shipping_details ?? null;
  const shipping = to ? { name: to.name, address: given(to.address) } : null;
  if (known === null) {
    const made = createCustomer(world, {
      email: buyer.email,
      ...(name ? { name } : {}),
      ...(kept ? { address: given(kept) } : {}),
      ...(shipping ? { shipping } : {}),
    });
    session.customer = made.id;
    return made.id;
  }
  const allowed = backstageOf(world, session.id).customerUpdate ?? {};
  const customer = needCustomer(world, known);
  updateCustomer(world, known, {
    ...(allowed.name === 'auto' && name ? { name } : {}),
    ...(allowed.address === 'auto' && kept ? { address: given(kept) } : {}),
    ...(allowed.shipping === 'auto' && shipping ? { shipping } : {}),
    ...(customer.email === null ? { email: buyer.email } : {}),
  });
  return known;
}

/** An address as a parameter: without what isn't there. */
function given(address: { [K in keyof Stripe.Address]?: string | null }): Stripe.AddressParam {
  return Object.fromEntries(Object.entries(address).filter(([, value]) => value !== null));
}
