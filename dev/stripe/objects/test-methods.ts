/** How a buyer's try to pay ends. */
export type Outcome =
  | 'succeeds'
  | 'three_d_secure'
  | 'not_authenticated'
  | 'disputed'
  | Decline
  | 'delayed_succeeds'
  | 'delayed_fails';

/** The ways in which a card is refused; `declined` gives no reason. */
export type Decline =
  | 'declined'
  | 'insufficient_funds'
  | 'expired_card'
  | 'incorrect_cvc'
  | 'processing_error';

export type TestCard = { brand: 'visa' | 'mastercard'; last4: string };

/** A number that the hosted page takes, and what becomes of it. Numbers are written without spaces. */
export type TestNumber = {
  number: string;
  outcome: Outcome;
  /** Asks the bank first, and then ends so. */
  authenticates?: boolean;
  /** How a charge of the stored card ends while the customer isn't there; as `outcome` where nothing is said. */
  later?: 'succeeds' | 'authentication_required' | Decline;
  /** Can be stored although charges of it fail. */
  stores?: boolean;
  says: string;
};

/** Stripe's own test cards (docs.stripe.com/testing), so that a journey runs against its sandbox too. */
export const testCards: readonly TestNumber[] = [
  { number: '4242424242424242', outcome: 'succeeds', says: 'Visa: is paid' },
  { number: '5555555555554444', outcome: 'succeeds', says: 'Mastercard: is paid' },
  {
    number: '4000002760003184',
    outcome: 'three_d_secure',
    authenticates: true,
    later: 'authentication_required',
    says: 'The bank asks first (3-D Secure), each time',
  },
  {
    number: '4000002500003155',
    outcome: 'three_d_secure',
    authenticates: true,
    later: 'succeeds',
    says: 'The bank asks the first time only',
  },
  {
    number: '4000008400001629',
    outcome: 'declined',
    authenticates: true,
    says: 'The bank asks first, then declines',
  },
  { number: '4000000000000002', outcome: 'declined', says: 'Declined' },
  { number: '4000000000009995', outcome: 'insufficient_funds', says: 'Declined: too little money' },
  { number: '4000000000000069', outcome: 'expired_card', says: 'Declined: expired' },
  { number: '4000000000000127', outcome: 'incorrect_cvc', says: 'Declined: wrong CVC' },
  { number: '4000000000000119', outcome: 'processing_error', says: 'Declined: processing error' },
  {
    number: '4000000000000341',
    outcome: 'declined',
    stores: true,
    says: 'Can be stored; charges of it are declined',
  },
  { number: '4000000000000259', outcome: 'disputed', says: 'Is paid, then disputed as fraud' },
];

/** Stripe's test accounts for SEPA debits (docs.stripe.com/payments/sepa-debit/accept-a-payment). */
export const testAccounts: readonly TestNumber[] = [
  {
    number: 'DE89370400440532013000',
    outcome: 'delayed_succeeds',
    says: 'Is paid some minutes later',
  },
  { number: 'DE62370400440532013001', outcome: 'delayed_fails', says: 'Fails some minutes later' },
];

export const testNumbers: readonly TestNumber[] = [...testCards, ...testAccounts];

/** Stripe's ids of ready-made payment methods, and the number each stands for. */
export const testMethodIds: Readonly<Record<string, string>> = {
  pm_card_visa: '4242424242424242',
  pm_card_mastercard: '5555555555554444',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
  pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_createDispute: '4000000000000259',
  pm_card_visa_chargeDeclined: '4000000000000002',
  pm_card_visa_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_sepaDebit_de: 'DE89370400440532013000',
};

/** The test number that was typed, spaces or not; null for every other. */
export function findTestNumber(numbers: readonly TestNumber[], typed: string): TestNumber | null {
  const plain = typed.replace(/[\s-]/g, '').toUpperCase();
  return numbers.find(({ number }) => number === plain) ?? null;
}

/** In groups of four, as printed on a card. */
export function grouped(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ');
}

/** The card that a payment ending so is made with, where no number was typed. */
export function cardFor(outcome: Outcome, typed?: string): TestCard {
  const number = numberFor(outcome, typed);
  return { brand: number.startsWith('5') ? 'mastercard' : 'visa', last4: number.slice(-4) };
}

/** The number that was typed, or one that ends so. */
export function numberFor(outcome: Outcome, typed?: string): string {
  const fitting = testNumbers.find((one) => one.outcome === outcome);
  return typed ?? fitting?.number ?? '4242424242424242';
}

/** What the API says of a refused card, and what the hosted page shows. */
export const declines: Readonly<
  Record<Decline, { code: DeclineCode; reason: string; message: string }>
> = {
  declined: {
    code: 'card_declined',
    reason: 'generic_decline',
    message: 'Your card was declined.',
  },
  insufficient_funds: {
    code: 'card_declined',
    reason: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  expired_card: {
    code: 'expired_card',
    reason: 'expired_card',
    message: 'Your card has expired.',
  },
  incorrect_cvc: {
    code: 'incorrect_cvc',
    reason: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
  },
  processing_error: {
    code: 'processing_error',
    reason: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
};

type DeclineCode = 'card_declined' | 'expired_card' | 'incorrect_cvc' | 'processing_error';

/** Delayed debits leave a bank account; everything else is a card. */
export function methodTypeOf(outcome: Outcome): 'card' | 'sepa_debit' {
  return outcome === 'delayed_succeeds' || outcome === 'delayed_fails' ? 'sepa_debit' : 'card';
}

export function isDecline(outcome: Outcome): outcome is Decline {
  return outcome in declines;
}
