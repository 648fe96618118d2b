import type { Choices, Complaints } from '../checkout.ts';
import { findTestNumber, type Outcome, testAccounts, testCards } from '../objects/test-methods.ts';

export type Form = Record<string, string>;

/** What the payment fields ask for. `card` is the number without spaces. */
export type PaymentInput = { outcome: Outcome; authenticates: boolean; card?: string };

/** What the form says, as `checkout.ts` takes it. */
export function choicesOf(form: Form): Choices {
  const quantity: Record<string, number> = {};
  for (const [name, value] of Object.entries(form)) {
    if (name.startsWith('quantity_')) {
      quantity[name.slice('quantity_'.length)] = wholeNumber(value);
    }
  }
  const { line1, line2, city, state, postal_code, country } = form;
  const name = form.name?.trim() || form.cardholder?.trim();
  const card = findTestNumber(testCards, form.card_number ?? '');
  return {
    email: form.email ?? '',
    quantity,
    ...(name ? { name } : {}),
    ...(country === undefined
      ? {}
      : {
          address: {
            line1: line1 ?? null,
            line2: line2 ?? null,
            city: city ?? null,
            state: state ?? null,
            postal_code: postal_code ?? null,
            country,
          },
        }),
    ...(form.shipping_rate === undefined ? {} : { shippingRate: form.shipping_rate }),
    ...(form.promotion_code === undefined ? {} : { promotionCode: form.promotion_code }),
    ...(card ? { card: card.number } : {}),
    ...(form.amount === undefined ? {} : { amount: minorUnits(form.amount) }),
  };
}

/** Reads the payment fields. `now` in seconds. Complaints are keyed by the field's name. */
export function readPayment(form: Form, now: number): PaymentInput | { complaints: Complaints } {
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

/** The test number that is typed for the kind of payment chosen. */
export function numberTyped(form: Form): string {
  return (form.payment_method === 'sepa_debit' ? form.iban : form.card_number) ?? '';
}

/** The number that a press of «Use» fills in, beside what was typed; null for other buttons. */
export function filledIn(form: Form): Form | null {
  const number = /^use (\w+)$/.exec(form.action ?? '')?.[1];
  if (number === undefined) return null;
  if (findTestNumber(testAccounts, number)) {
    return { ...form, payment_method: 'sepa_debit', iban: number };
  }
  return { ...form, payment_method: 'card', card_number: number };
}

/** What was typed as an amount of hundredths; NaN for everything else. */
function minorUnits(text: string): number {
  const [, whole, part = ''] = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(text.trim()) ?? [];
  return whole === undefined ? Number.NaN : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

function wholeNumber(text: string): number {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function expiryComplaint(text: string, now: number): string | null {
  const [, month, year] = /^(0?[1-9]|1[0-2])\s*\/?\s*(\d{2})$/.exec(text.trim()) ?? [];
  if (!month || !year) return 'Enter month and year, such as 12 / 34.';
  const firstAfter = Date.UTC(2000 + Number(year), Number(month), 1) / 1000;
  return firstAfter <= now ? "Your card's expiration date is in the past." : null;
}
