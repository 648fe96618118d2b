import type Stripe from 'stripe';
import { fill, newId, put, type World } from '../world.ts';
import { cardFor, methodTypeOf, numberFor, type Outcome, testAccounts } from './test-methods.ts';

export type Buyer = {
  email: string;
  name: string | null;
  address: Stripe.Address | null;
  /** The test card's number; one that fits the outcome where none was typed. */
  card?: string;
};

/** A payment method as the hosted page makes one: the test card or test account that ends like this. */
export function createMethod(world: World, outcome: Outcome, buyer: Buyer): Stripe.PaymentMethod {
  const type = methodTypeOf(outcome);
  const made = put(world, 'payment_method', {
    id: newId(world, 'pm'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: billingDetails(buyer),
    ...(type === 'card' ? { card: card(outcome, buyer.card) } : { sepa_debit: account(outcome) }),
    created: world.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type,
  });
  fill(world, 'method', made.id, { number: numberFor(outcome, buyer.card) });
  return made;
}

export function billingDetails({ address, email, name }: Buyer): Stripe.Charge.BillingDetails {
  return { address, email: email || null, name, phone: null, tax_id: null };
}

function card(outcome: Outcome, typed: string | undefined): Stripe.PaymentMethod.Card {
  const { brand, last4 } = cardFor(outcome, typed);
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: brand,
    exp_month: 12,
    exp_year: 2034,
    fingerprint: `standincard${last4}`,
    funding: 'credit',
    generated_from: null,
    last4,
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

function account(outcome: Outcome): Stripe.PaymentMethod.SepaDebit {
  const iban = testAccounts.find((one) => one.outcome === outcome)?.number ?? '';
  return {
    bank_code: iban.slice(4, 12),
    branch_code: null,
    country: iban.slice(0, 2),
    fingerprint: `standinaccount${iban.slice(-4)}`,
    generated_from: null,
    last4: iban.slice(-4),
  };
}
