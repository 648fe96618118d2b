import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid, missingObject } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { findCustomer, need, newId, put, reindex, type World } from '../world.ts';
import { emit } from './events.ts';
import { attachMethod, ownMethodId } from './stored-methods.ts';

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
    test_clock: params.test_clock
      ? need(world, 'test_helpers.test_clock', params.test_clock, 'test_clock').id
      : null,
  });
  if (params.payment_method !== undefined) {
    attachMethod(world, params.payment_method, id, 'payment_method');
  }
  takeInvoiceSettings(world, customer, params.invoice_settings ?? {});
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
    takeInvoiceSettings(world, customer, params.invoice_settings ?? {});
    reindex(world, 'customer', customer);
  });
}

/** The card that invoices are charged to, which must be the customer's own; '' takes it away. */
function takeInvoiceSettings(
  world: World,
  customer: Stripe.Customer,
  given: { default_payment_method?: string; footer?: string },
): void {
  const settings = customer.invoice_settings;
  if (given.default_payment_method !== undefined) {
    const { default_payment_method: method } = given;
    settings.default_payment_method = ownMethodId(world, customer.id, method, DEFAULT_METHOD);
  }
  if (given.footer !== undefined) settings.footer = given.footer || null;
}

const DEFAULT_METHOD = 'invoice_settings[default_payment_method]';

/** A customer that exists and isn't deleted, or `resource_missing`. */
export function needCustomer(world: World, id: string, param?: string): Stripe.Customer {
  const found = findCustomer(world, id);
  if (!found) throw missingObject('customer', id, param);
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
