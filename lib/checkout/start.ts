import { db } from '#db/client.ts';
import { raiseAlert } from '#lib/audit/commands.ts';
import { consumeBoth } from '#lib/auth/limits.ts';
import { issueForSale } from '#lib/catalog/queries.ts';
import { maxQuantity } from '#lib/catalog/rules.ts';
import { clock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import {
  type CheckoutRequest,
  closeCheckout,
  createCheckout,
} from '#lib/gateways/stripe/checkout.ts';
import { StripeUnavailable, stripeReady, stripeTax } from '#lib/gateways/stripe/client.ts';
import { postageTable } from '#lib/postage/queries.ts';
import { type PostageZone, postageFor, zoneOf } from '#lib/postage/rules.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { browserHash } from './browser.ts';
import { lapseOrder, type ReserveRequest, reserveOrder, saveSession } from './commands.ts';
import { endCheckout } from './end.ts';
import {
  type Choice,
  canStillOpen,
  type OpenOrder,
  type StartRefusal,
  sessionExpiry,
  startRefusals,
} from './rules.ts';
import { settleCheckout } from './settle.ts';

export type StartInput = Choice & {
  issueSlug: string;
  /** Slug of the article the reader comes from. */
  from: string | null;
  /** The key in the browser's cookie. */
  browserKey: string;
  /** The network address that asks. */
  address: string;
  viewer?: { userId: string; email: string };
};

type Started = Result<{ url: string }, StartRefusal>;
type Page = Started | { kind: 'over' };

/**
 * Begins the purchase of an issue and answers the address at Stripe to send the buyer to (or our own thank-you page,
 * where the page at Stripe turns out to be paid already). Copies are put aside and the order is written before Stripe
 * is asked; where Stripe doesn't answer they stay so, and the same choices sent again continue the same order. Who begins
 * too often is refused before any copy is put aside.
 */
export async function startCheckout(input: StartInput): Promise<Started> {
  if (!stripeReady()) return refuse('closed');
  const { address, viewer } = input;
  const counted = await consumeBoth('checkout', { address, userId: viewer?.userId ?? null });
  if (!counted.ok) return refuse('too-many');
  const asked = await requestFor(input);
  if (!asked.ok) return asked;
  try {
    return await reserveAndOpen(input, asked.value.request, asked.value.zone);
  } catch (error) {
    if (error instanceof StripeUnavailable) return refuse('unavailable');
    throw error;
  }
}

/** What earlier orders of this browser leave room for; each round gets rid of one that is over or has other choices. */
async function reserveAndOpen(
  input: StartInput,
  request: ReserveRequest,
  zone: PostageZone | null,
): Promise<Started> {
  for (let round = 0; round < 4; round += 1) {
    const reserved = await reserveOrder(request);
    switch (reserved.kind) {
      case 'sold-out':
        return refuse('sold-out');
      case 'processing':
        return refuse('processing');
      case 'other':
        await endCheckout(reserved.order.id);
        break;
      case 'new':
      case 'same': {
        const page = await openPage(reserved.order, input, zone);
        if (!('kind' in page)) return page;
      }
    }
  }
  return refuse('superseded');
}

async function requestFor(
  input: StartInput,
): Promise<Result<{ request: ReserveRequest; zone: PostageZone | null }, StartRefusal>> {
  const issue = await issueForSale(input.issueSlug);
  const product = issue?.products.find(({ edition }) => edition === input.edition);
  const unitAmount = product?.prices[input.currency];
  if (!issue || !product || unitAmount === undefined) {
    return refuse('not-for-sale');
  }
  const most = maxQuantity[input.edition];
  if (!Number.isInteger(input.quantity) || input.quantity < 1 || input.quantity > most) {
    return refuse('quantity');
  }
  const zone =
    input.edition === 'print' && input.country
      ? zoneOf(await postageTable(input.currency), input.country)
      : null;
  if (input.edition === 'print' && !zone) return refuse('country');
  const { name } = await findPublication();
  const { edition, quantity, currency, again, from, browserKey, viewer } = input;
  return ok({
    zone,
    request: {
      product: {
        id: product.id,
        title: `${name} No. ${issue.number}: ${issue.title}`,
        unitAmount,
      },
      choice: { edition, quantity, currency, again, country: zone ? input.country : null },
      postage: zone ? postageFor(zone.rate, quantity) : 0,
      browserHash: browserHash(browserKey),
      userId: viewer?.userId ?? null,
      from,
    },
  });
}

async function openPage(
  order: OpenOrder,
  input: StartInput,
  zone: PostageZone | null,
): Promise<Page> {
  if (order.sessionId && order.sessionUrl) return pageAgain(order.sessionId, order.sessionUrl);
  if (!canStillOpen(order.expiresAt, clock.now())) {
    await lapseOrder(order.id, null);
    return { kind: 'over' };
  }
  const session = await createCheckout(pageRequest(order, input, zone));
  if (!session.ok) {
    if (session.reason === 'refused') await alertRefused(session.message);
    return refuse('unavailable');
  }
  if (await saveSession(order.id, session.value)) return ok({ url: session.value.url });
  await closeCheckout(session.value.id);
  return refuse('superseded');
}

/** The page that is open already; the thank-you page where it was paid meanwhile. */
async function pageAgain(sessionId: string, url: string): Promise<Page> {
  const settlement = await settleCheckout(sessionId);
  if (settlement.kind === 'ignored') return { kind: 'over' };
  switch (settlement.status) {
    case 'open':
      return ok({ url });
    case 'processing':
    case 'paid':
    case 'held':
      return ok({ url: thanksAddress(sessionId) });
    case 'failed':
    case 'expired':
      return { kind: 'over' };
  }
}

/** Built from what the order keeps, so that asking again says the very same, as the idempotency key demands. */
function pageRequest(
  order: OpenOrder,
  input: StartInput,
  zone: PostageZone | null,
): CheckoutRequest {
  const { edition, quantity, title, unitAmount, country } = order;
  const back = new URLSearchParams({
    edition,
    currency: order.currency,
    ...(country ? { country, quantity: String(quantity) } : {}),
    ...(input.from ? { from: input.from } : {}),
    canceled: '1',
  });
  return {
    orderId: order.id,
    orderNumber: order.number,
    currency: order.currency,
    lines: [{ name: `${title} (${edition})`, unitAmount, quantity }],
    postage:
      zone && country
        ? {
            country,
            amount: order.postage,
            name: `Post to ${zone.name}`,
            minDays: zone.minDays,
            maxDays: zone.maxDays,
          }
        : null,
    email: input.viewer?.email ?? null,
    tax: stripeTax(),
    expiresAt: sessionExpiry(order.expiresAt),
    successUrl: thanksAddress('{CHECKOUT_SESSION_ID}'),
    cancelUrl: `${env().siteUrl}/issues/${input.issueSlug}/buy?${back}`,
  };
}

function thanksAddress(sessionId: string): string {
  return `${env().siteUrl}/checkout/thanks?session_id=${sessionId}`;
}

function refuse(reason: StartRefusal) {
  const { message, field } = startRefusals[reason];
  return field ? fail(reason, message, { [field]: message }) : fail(reason, message);
}

async function alertRefused(why: string): Promise<void> {
  await raiseAlert(db(), {
    kind: 'checkout.refused',
    level: 'urgent',
    message: `Stripe refused to open a payment page, so nobody can buy: ${why}`,
    key: 'checkout.refused',
  });
}
