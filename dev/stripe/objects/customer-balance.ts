import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { newId, put, type World } from '../world.ts';
import { needCustomer } from './customers.ts';

type Why = Pick<Stripe.CustomerBalanceTransaction, 'type' | 'currency'> &
  Partial<
    Pick<Stripe.CustomerBalanceTransaction, 'invoice' | 'credit_note' | 'description' | 'metadata'>
  >;

/** Changes what a customer has to their credit (negative) or owes (positive), in minor units, and keeps why. */
export function moveBalance(
  world: World,
  customerId: string,
  amount: number,
  why: Why,
): Stripe.CustomerBalanceTransaction {
  const customer = needCustomer(world, customerId);
  update(world, customer, 'customer.updated', {}, () => {
    customer.balance += amount;
    customer.currency ??= why.currency;
  });
  return put(world, 'customer_balance_transaction', {
    credit_note: null,
    description: null,
    invoice: null,
    metadata: {},
    ...why,
    id: newId(world, 'cbtxn'),
    object: 'customer_balance_transaction',
    amount,
    checkout_session: null,
    created: world.now(),
    customer: customerId,
    customer_account: null,
    ending_balance: customer.balance,
    livemode: false,
  });
}

/** A change by hand. */
export function createBalanceTransaction(
  world: World,
  params: Stripe.CustomerCreateBalanceTransactionParams,
  customerId: string,
): Stripe.CustomerBalanceTransaction {
  const customer = needCustomer(world, customerId);
  const currency = params.currency.toLowerCase();
  if (customer.currency && customer.currency !== currency) {
    throw invalid(`The customer's balance is in ${customer.currency}.`, 'currency');
  }
  return moveBalance(world, customerId, params.amount, {
    type: 'adjustment',
    currency,
    description: params.description ?? null,
    metadata: mergeMetadata(null, params.metadata),
  });
}
