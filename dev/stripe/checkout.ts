import type Stripe from 'stripe';
import { amountText } from './hosted/money.ts';
import { wholeAddress } from './objects/customers.ts';
import { findActiveCode } from './objects/discounts.ts';
import { minimumOf } from './objects/invoice-amounts.ts';
import type { Buyer } from './objects/payment-methods.ts';
import { type Attempt, askBank, attempt } from './objects/payments.ts';
import { applyPromotionCode, recompute, wantsMethod } from './objects/session-amounts.ts';
import { methodTypeOf, type Outcome } from './objects/test-methods.ts';
import { backstageOf, need, type World } from './world.ts';

type Session = Stripe.Checkout.Session;

/** What a buyer fills in on the hosted page. `quantity` is for the lines that allow a change: one number, or by line id. */
export type Choices = {
  email: string;
  name?: string;
  address?: { [K in keyof Stripe.Address]?: string | null };
  shippingRate?: string;
  promotionCode?: string;
  quantity?: number | Record<string, number>;
  /** In minor units, where the price is open. */
  amount?: number;
  /** A test card's number, for its brand and last digits. */
  card?: string;
};

/**
 * Complaints by the field they stand beside: `email`, `name`, `address.line1`, `shippingRate`, `promotionCode`,
 * `quantity.<line>`, `amount`, `payment_method`.
 */
export type Complaints = Record<string, string>;

/** The session while it can still be paid; null when it is over. */
export function openSession(world: World, id: string): Session | null {
  const session = need(world, 'checkout.session', id);
  return session.status === 'open' ? session : null;
}

/** Takes quantity, promotion code and postage into the session's amounts. Answers complaints; nothing is paid. */
export function choose(world: World, session: Session, choices: Partial<Choices>): Complaints {
  const complaints: Complaints = {};
  if (session.mode === 'setup') return complaints;
  changeQuantities(world, session, choices.quantity, complaints);
  chooseAmount(world, session, choices.amount, complaints);
  const rate = chosenRate(session, choices.shippingRate, complaints);
  const country = choices.address?.country ?? null;
  recompute(world, session, { shippingRate: rate, country });
  if (choices.promotionCode !== undefined) {
    if (session.allow_promotion_codes) {
      changePromotion(world, session, choices.promotionCode, complaints);
    } else if (choices.promotionCode !== '') {
      complaints.promotionCode = 'This session takes no promotion codes.';
    }
    recompute(world, session, { shippingRate: rate, country });
  }
  return complaints;
}

/** Checks everything that paying needs, in the words that the page shows beside the fields. */
export function complaintsOf(world: World, session: Session, choices: Choices): Complaints {
  const complaints: Complaints = {};
  const email = fixedEmail(world, session) ?? choices.email;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())) {
    complaints.email = 'Enter an e-mail address, such as reader@example.org.';
  }
  const countries = session.shipping_address_collection?.allowed_countries ?? null;
  const wantsAddress = countries !== null || session.billing_address_collection === 'required';
  const { address } = choices;
  if (wantsAddress) {
    if (!choices.name?.trim()) complaints.name = 'Enter the name for the address.';
    if (!address?.line1?.trim()) complaints['address.line1'] = 'Enter street and number.';
    if (!address?.city?.trim()) complaints['address.city'] = 'Enter the town.';
    if (!address?.postal_code?.trim()) complaints['address.postal_code'] = 'Enter the postcode.';
  }
  if ((wantsAddress || session.automatic_tax.enabled) && !address?.country) {
    complaints['address.country'] = 'Choose a country.';
  }
  if (
    countries &&
    address?.country &&
    !(countries as readonly string[]).includes(address.country)
  ) {
    complaints['address.country'] = 'This order cannot be sent to that country.';
  }
  return complaints;
}

export type Refused = { kind: 'refused'; complaints: Complaints };

/**
 * One press of the pay button: choices first, then the checks, then the try itself. `paid` says that the session is
 * complete, `declined` that the card was refused and the session is still open.
 */
export function pay(
  world: World,
  session: Session,
  choices: Choices,
  outcome: Outcome,
): Attempt | Refused {
  const ready = prepare(world, session, choices, outcome);
  if (ready.kind === 'refused') return ready;
  const result = attempt(world, session, ready.buyer, outcome);
  if (result.kind === 'declined') session.collected_information = null;
  return result;
}

/** The same up to the bank's page of 3-D Secure, which `pay` follows when the buyer has answered there. */
export function sendToBank(
  world: World,
  session: Session,
  choices: Choices,
  outcome: Outcome,
): { kind: 'sent' } | Refused {
  const ready = prepare(world, session, choices, outcome);
  if (ready.kind === 'refused') return ready;
  askBank(world, session, ready.buyer, outcome);
  session.collected_information = null;
  return { kind: 'sent' };
}

/** The e-mail address that the session came with, which the buyer can't change; null where it is asked for. */
export function fixedEmail(world: World, session: Session): string | null {
  if (session.customer === null) return session.customer_email;
  const customer = need(world, 'customer', String(session.customer));
  return 'deleted' in customer ? null : customer.email;
}

/** Where the browser goes after paying. */
export function successUrl(session: Session): string {
  return (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}

function prepare(
  world: World,
  session: Session,
  choices: Choices,
  outcome: Outcome,
): { kind: 'ready'; buyer: Buyer } | Refused {
  const chosen = choose(world, session, choices);
  const complaints = { ...chosen, ...complaintsOf(world, session, choices) };
  const type = methodTypeOf(outcome);
  if (wantsMethod(session) && !session.payment_method_types.includes(type)) {
    complaints.payment_method = `This session takes no payments by ${type}.`;
  }
  if (Object.keys(complaints).length) return { kind: 'refused', complaints };
  const buyer: Buyer = {
    email: (fixedEmail(world, session) ?? choices.email).trim(),
    name: choices.name?.trim() || null,
    address: choices.address ? wholeAddress(choices.address) : null,
    ...(choices.card === undefined ? {} : { card: choices.card }),
  };
  session.collected_information = {
    business_name: null,
    individual_name: null,
    shipping_details:
      session.shipping_address_collection && buyer.address
        ? { address: buyer.address, name: buyer.name ?? '' }
        : null,
  };
  return { kind: 'ready', buyer };
}

function changeQuantities(
  world: World,
  session: Session,
  wanted: Choices['quantity'],
  complaints: Complaints,
): void {
  if (wanted === undefined) return;
  const { lineItems } = backstageOf(world, session.id);
  for (const item of lineItems) {
    const quantity = typeof wanted === 'number' ? wanted : wanted[item.id];
    const limits = item.adjustable_quantity;
    if (quantity === undefined || quantity === item.quantity) continue;
    const least = Math.max(limits?.minimum ?? 0, lineItems.length === 1 ? 1 : 0);
    const most = limits?.maximum ?? 99;
    if (!limits) complaints[`quantity.${item.id}`] = 'The quantity of this line cannot be changed.';
    else if (!Number.isInteger(quantity) || quantity < least || quantity > most) {
      complaints[`quantity.${item.id}`] = `Enter a number from ${least} to ${most}.`;
    } else item.quantity = quantity;
  }
}

/** What the buyer wants to pay, within the price's bounds; fifty cents at least, as for any charge. */
function chooseAmount(
  world: World,
  session: Session,
  amount: number | undefined,
  complaints: Complaints,
): void {
  const backstage = backstageOf(world, session.id);
  const line = backstage.lineItems.find(({ price }) => price?.custom_unit_amount);
  const bounds = line?.price?.custom_unit_amount;
  if (!line || !bounds || amount === undefined) return;
  const least = bounds.minimum ?? minimumOf(line.currency);
  const most = bounds.maximum ?? 99_999_999;
  if (!Number.isInteger(amount) || amount < least || amount > most) {
    const text = (value: number) => amountText(value, line.currency);
    complaints.amount =
      bounds.maximum === null
        ? `Enter an amount of ${text(least)} or more.`
        : `Enter an amount from ${text(least)} to ${text(most)}.`;
  } else backstage.chosen = { [line.id]: amount };
}

function chosenRate(
  session: Session,
  wanted: string | undefined,
  complaints: Complaints,
): string | null {
  const offered = session.shipping_options.map((option) => String(option.shipping_rate));
  if (wanted !== undefined && wanted !== '' && !offered.includes(wanted)) {
    complaints.shippingRate = 'Choose one of the ways to send it.';
  }
  const before = session.shipping_cost?.shipping_rate;
  const current = before ? String(before) : (offered[0] ?? null);
  return wanted && offered.includes(wanted) ? wanted : current;
}

function changePromotion(
  world: World,
  session: Session,
  code: string,
  complaints: Complaints,
): void {
  if (code.trim() === '') {
    applyPromotionCode(world, session, null);
    return;
  }
  const promotionCode = findActiveCode(world, code);
  const problem = promotionCode
    ? applyPromotionCode(world, session, promotionCode)
    : 'This code is not valid.';
  if (problem) complaints.promotionCode = problem;
}
