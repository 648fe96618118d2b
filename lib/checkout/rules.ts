import type { Edition } from '#lib/catalog/rules.ts';
import type { Currency, Money } from '#lib/money.ts';
import type { OrderStatus, PaymentFact } from '#lib/orders/rules.ts';

const minute = 60_000;

/** How long copies are put aside. Longer than the page at Stripe lives, so that nobody pays for a copy that is gone. */
export const reservationMinutes = 65;

/** How much earlier than the reservation the page at Stripe closes. */
const marginMinutes = 5;

/** Stripe takes no session that lives less than 30 minutes; one more for the way there. */
const shortestSessionMinutes = 31;

export function reservedUntil(now: Date): Date {
  return new Date(now.getTime() + reservationMinutes * minute);
}

export function sessionExpiry(orderExpiresAt: Date): Date {
  return new Date(orderExpiresAt.getTime() - marginMinutes * minute);
}

/** Whether there is time enough left to open a page at Stripe for an order that has none yet. */
export function canStillOpen(orderExpiresAt: Date, now: Date): boolean {
  return sessionExpiry(orderExpiresAt).getTime() - now.getTime() >= shortestSessionMinutes * minute;
}

/** What a buyer chose. `country` is empty for what is not posted. */
export type Choice = {
  edition: Edition;
  quantity: number;
  country: string | null;
  currency: Currency;
  /** The buyer has read the warning that a purchase of the same is on its way or done. */
  again: boolean;
};

/** An order that waits for its buyer at Stripe. Amounts in minor units. */
export type OpenOrder = {
  id: string;
  number: number;
  currency: string;
  country: string | null;
  quantity: number;
  unitAmount: number;
  postage: number;
  title: string;
  edition: Edition;
  userId: string | null;
  expiresAt: Date;
  sessionId: string | null;
  sessionUrl: string | null;
};

/** What a session's own words come to. */
export function paymentFact(session: {
  status: 'open' | 'complete' | 'expired';
  payment: 'paid' | 'unpaid' | 'free';
  paymentFailed: boolean;
}): PaymentFact {
  switch (session.status) {
    case 'open':
      return 'none-yet';
    case 'expired':
      return 'expired';
    case 'complete':
      if (session.payment === 'unpaid') return session.paymentFailed ? 'failed' : 'settling';
      return session.payment;
  }
}

/** Why a purchase can't begin, with the reader's text, and the field it belongs to where it is about one. */
export const startRefusals = {
  'too-many': {
    message:
      'That was begun very often just now. Nothing was charged; please try again in ten minutes.',
    field: null,
  },
  closed: {
    message: 'The shop is closed at the moment. Please come back a little later.',
    field: null,
  },
  'not-for-sale': { message: 'This edition is not for sale.', field: 'edition' },
  quantity: { message: 'Give a whole number of copies from 1 to 20.', field: 'quantity' },
  country: { message: 'Sorry, we don’t post to this country.', field: 'country' },
  'sold-out': { message: 'There are not that many copies left.', field: 'quantity' },
  processing: {
    message:
      'Your payment for this issue is still on its way. Buy it once more only if you mean to have it twice.',
    field: 'again',
  },
  superseded: {
    message: 'You have begun this purchase in another window. Please go on there, or try again.',
    field: null,
  },
  unavailable: {
    message:
      'The payment page did not answer. Nothing was charged, and what you chose is kept for you: please try again in a moment.',
    field: null,
  },
} as const satisfies Record<string, { message: string; field: string | null }>;

export type StartRefusal = keyof typeof startRefusals;

export function isStartRefusal(value: string): value is StartRefusal {
  return Object.hasOwn(startRefusals, value);
}

/** What came of bringing an order in line. */
export type Settlement =
  | { kind: 'ignored'; why: 'no-session' | 'other-application' | 'other-mode' | 'no-order' }
  | { kind: 'order'; orderId: string; status: OrderStatus };

/** What the thank-you page says of an order. */
export type Thanks = {
  number: number;
  status: OrderStatus;
  email: string | null;
  /** Belongs to the account that is signed in, so that there is nothing to prove by mail. */
  owned: boolean;
  lines: { title: string; edition: Edition; quantity: number; issueSlug: string }[];
  total: Money | null;
  /** The article that the reader came from. */
  from: { slug: string } | null;
};
