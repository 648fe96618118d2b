import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid, missingObject } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { find, newId, put, type World } from '../world.ts';
import { emit } from './events.ts';

export function createCustomer(world: World, params: Stripe.CustomerCreateParams): Stripe.Customer {
  const id = newId(world, 'cus', 14);
  const customer = put(world, 'customer', {
    id,
    object: 'customer',
    address: params.address ? wholeAddress(params.address) : null,
    balance: params.balance ?? 0,
    created: world.now(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: params.description ?? null,
    discount: null,
    email: emailOf(params.email) ?? null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: mergeMetadata(null, params.metadata),
    name: params.name ?? null,
    next_invoice_sequence: 1,
    phone: params.phone ?? null,
    preferred_locales: params.preferred_locales ?? [],
    shipping: params.shipping ? shippingOf(params.shipping) : null,
    tax_exempt: params.tax_exempt || 'none',
    test_clock: null,
  });
  emit(world, 'customer.created', customer);
  return customer;
}

export function updateCustomer(
  world: World,
  id: string,
  params: Stripe.CustomerUpdateParams,
): Stripe.Customer {
  const customer = needCustomer(world, id);
  return update(world, customer, 'customer.updated', params, () => {
    if (params.email !== undefined) customer.email = emailOf(params.email) ?? null;
    if (params.name !== undefined) customer.name = params.name || null;
    if (params.phone !== undefined) customer.phone = params.phone || null;
    if (params.description !== undefined) customer.description = params.description || null;
    if (params.address !== undefined) {
      customer.address = params.address ? wholeAddress(params.address) : null;
    }
    if (params.shipping !== undefined) {
      customer.shipping = params.shipping ? shippingOf(params.shipping) : null;
    }
    if (params.preferred_locales !== undefined) {
      customer.preferred_locales = params.preferred_locales;
    }
    if (params.tax_exempt !== undefined) customer.tax_exempt = params.tax_exempt || 'none';
  });
}

/** A deleted customer still answers: `{ id, object, deleted: true }`. */
export function deleteCustomer(world: World, id: string): Stripe.DeletedCustomer {
  const customer = needCustomer(world, id);
  const gone: Stripe.DeletedCustomer = { id, object: 'customer', deleted: true };
  emit(world, 'customer.deleted', customer);
  (world.state.objects.customer as Record<string, unknown>)[id] = gone;
  return gone;
}

/** A customer that exists and isn't deleted, or `resource_missing`. */
export function needCustomer(world: World, id: string, param?: string): Stripe.Customer {
  const found = find(world, 'customer', id);
  if (!found || 'deleted' in found) throw missingObject('customer', id, param);
  return found;
}

/** Every field of an address; what wasn't given is null. */
export function wholeAddress(
  given: Stripe.AddressParam | { [K in keyof Stripe.Address]?: string | null },
): Stripe.Address {
  return {
    city: given.city || null,
    country: given.country || null,
    line1: given.line1 || null,
    line2: given.line2 || null,
    postal_code: given.postal_code || null,
    state: given.state || null,
  };
}

function shippingOf(given: {
  address: Stripe.AddressParam;
  name: string;
  phone?: string;
}): Stripe.Customer.Shipping {
  return { address: wholeAddress(given.address), name: given.name, phone: given.phone ?? null };
}

/** The address as given, or a 400 when it is none. */
export function emailOf(given: string | undefined, param = 'email'): string | undefined {
  if (given === undefined || given === '') return undefined;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given)) {
    throw invalid(`Invalid email address: ${given}`, param, 'email_invalid');
  }
  return given;
}
