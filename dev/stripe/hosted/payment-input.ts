import type { Complaints } from '../checkout.ts';
import { findTestNumber, type Outcome, testAccounts, testCards } from '../objects/test-methods.ts';

/** What the payment fields ask for. `card` is the number without spaces. */
export type PaymentInput = { outcome: Outcome; authenticates: boolean; card?: string };

/** Reads the payment fields. `now` in seconds. Complaints are keyed by the field's name. */
export function readPayment(
  form: Readonly<Record<string, string>>,
  now: number,
): PaymentInput | { complaints: Complaints } {
  if (form.payment_method === 'sepa_debit') {
    const account = findTestNumber(testAccounts, form.iban ?? '');
    if (account) return { outcome: account.outcome, authenticates: false };
    return { complaints: { iban: 'Take one of the test accounts listed. Never type a real one.' } };
  }
  const complaints: Complaints = {};
  const card = findTestNumber(testCards, form.card_number ?? '');
  if (!card) {
    complaints.card_number = 'Take one of the test cards listed. Never type a real one.';
  }
  const expiry = expiryComplaint(form.card_expiry ?? '', now);
  if (expiry) complaints.card_expiry = expiry;
  if (!/^\d{3,4}$/.test((form.card_cvc ?? '').trim())) {
    complaints.card_cvc = 'Enter three or four digits.';
  }
  if (!card || Object.keys(complaints).length) return { complaints };
  const { outcome, authenticates = false, number } = card;
  return { outcome, authenticates, card: number };
}

/** The number that a press of «Use» fills in, beside what was typed; null for other buttons. */
export function filledIn(form: Readonly<Record<string, string>>): Record<string, string> | null {
  const number = /^use (\w+)$/.exec(form.action ?? '')?.[1];
  if (number === undefined) return null;
  if (findTestNumber(testAccounts, number)) {
    return { ...form, payment_method: 'sepa_debit', iban: number };
  }
  return { ...form, payment_method: 'card', card_number: number };
}

function expiryComplaint(text: string, now: number): string | null {
  const [, month, year] = /^(0?[1-9]|1[0-2])\s*\/?\s*(\d{2})$/.exec(text.trim()) ?? [];
  if (!month || !year) return 'Enter month and year, such as 12 / 34.';
  const firstAfter = Date.UTC(2000 + Number(year), Number(month), 1) / 1000;
  return firstAfter <= now ? "Your card's expiration date is in the past." : null;
}
