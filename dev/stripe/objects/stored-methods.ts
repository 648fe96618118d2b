import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { cardRefused, invalid, missingObject } from '../errors.ts';
import {
  drawer,
  fill,
  find,
  findBy,
  findCustomer,
  idOf,
  need,
  newId,
  put,
  reindex,
  type World,
} from '../world.ts';
import { emit } from './events.ts';
import { createMethod } from './payment-methods.ts';
import {
  type Decline,
  declines,
  findTestNumber,
  isDecline,
  type TestNumber,
  testCards,
  testMethodIds,
  testNumbers,
} from './test-methods.ts';

/**
 * Gives a payment method to a customer. Stripe's test ids (`pm_card_visa` …) make a new one each time. A card that the
 * bank refuses to store is a 402.
 */
export function attachMethod(
  world: World,
  id: string,
  customer: string,
  param = 'id',
): Stripe.PaymentMethod {
  const method = find(world, 'payment_method', id) ?? testMethod(world, id);
  if (!method) throw missingObject('PaymentMethod', id, param);
  const holder = idOf(method.customer);
  if (holder !== null && holder !== customer) {
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      param,
    );
  }
  const { outcome, stores } = numberOf(world, method);
  if (isDecline(outcome) && !stores) throw cardRefused(declines[outcome]);
  if (holder === null) keepFor(world, method, customer);
  return method;
}

/** The same without any check, for a card that was just used on a hosted page. */
export function keepFor(world: World, method: Stripe.PaymentMethod, customer: string): void {
  method.customer = customer;
  reindex(world, 'payment_method', method);
  emit(world, 'payment_method.attached', method);
}

export function detachMethod(world: World, id: string): Stripe.PaymentMethod {
  const method = need(world, 'payment_method', id);
  const customer = idOf(method.customer);
  if (customer === null) {
    throw invalid('The payment method you provided is not attached to a customer.', 'id');
  }
  method.customer = null;
  emit(world, 'payment_method.detached', method, { customer });
  forgetDefault(world, customer, id);
  return method;
}

/** What can change of a stored card is when it expires. */
export function updateMethod(
  world: World,
  id: string,
  params: Stripe.PaymentMethodUpdateParams,
): Stripe.PaymentMethod {
  const method = need(world, 'payment_method', id);
  return update(world, method, 'payment_method.updated', params, () => {
    if (!params.card) return;
    if (!method.card) throw invalid('This payment method is no card.', 'card');
    if (params.card.exp_month !== undefined) method.card.exp_month = params.card.exp_month;
    if (params.card.exp_year !== undefined) method.card.exp_year = params.card.exp_year;
  });
}

/** The payment method where it is the customer's own; refused otherwise. */
export function ownMethod(
  world: World,
  customer: string,
  id: string,
  param: string,
): Stripe.PaymentMethod {
  const method = need(world, 'payment_method', id, param);
  if (idOf(method.customer) !== customer) {
    throw invalid(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      param,
      'resource_missing',
    );
  }
  return method;
}

/** The id of the customer's own payment method that a parameter names; null without one, and for '', which takes it away. */
export function ownMethodId(
  world: World,
  customer: string,
  id: string | null | undefined,
  param = 'default_payment_method',
): string | null {
  return id ? ownMethod(world, customer, id, param).id : null;
}

/** What becomes of charges of a stored payment method. */
export function numberOf(world: World, method: Stripe.PaymentMethod): TestNumber {
  const number = drawer(world, 'method', method.id)?.number ?? '';
  const known = findTestNumber(testNumbers, number) ?? testCards[0];
  if (!known) throw new Error('There are no test cards.');
  return known;
}

function testMethod(world: World, id: string): Stripe.PaymentMethod | null {
  const number = testMethodIds[id];
  const known = number && findTestNumber(testNumbers, number);
  if (!known) return null;
  const buyer = { email: '', name: null, address: null, card: known.number };
  const method = createMethod(world, known.outcome, buyer);
  method.billing_details.email = null;
  return method;
}

function forgetDefault(world: World, customerId: string, method: string): void {
  const customer = findCustomer(world, customerId);
  if (!customer) return;
  if (idOf(customer.invoice_settings.default_payment_method) === method) {
    update(world, customer, 'customer.updated', {}, () => {
      customer.invoice_settings.default_payment_method = null;
    });
  }
  for (const { id } of findBy(world, 'subscription', 'customer', customerId)) {
    const subscription = need(world, 'subscription', id);
    if (idOf(subscription.default_payment_method) !== method) continue;
    update(world, subscription, 'customer.subscription.updated', {}, () => {
      subscription.default_payment_method = null;
    });
  }
}

/** A setup that succeeded: the sign that a payment method may be charged later. */
export function recordSetup(
  world: World,
  method: Stripe.PaymentMethod,
  customer: string | null,
): Stripe.SetupIntent {
  const id = newId(world, 'seti');
  const intent = put(world, 'setup_intent', {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${newId(world, 's').slice(2)}`,
    created: world.now(),
    customer,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: [method.type],
    single_use_mandate: null,
    status: 'succeeded',
    usage: 'off_session',
  });
  emit(world, 'setup_intent.created', intent);
  emit(world, 'setup_intent.succeeded', intent);
  return intent;
}

/** How the next charge of a customer ends, where a test has said so; that word is used up. */
export function takeForced(world: World, customer: string): Decline | null {
  const said = drawer(world, 'declines', customer);
  const next = said?.next.shift() ?? null;
  if (said && !said.next.length) fill(world, 'declines', customer, null);
  return next;
}
