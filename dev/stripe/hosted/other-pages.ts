import type Stripe from 'stripe';
import { successUrl } from '../checkout.ts';
import { backstageOf, find, need, type World } from '../world.ts';
import { html, safeUrl } from './html.ts';
import { page } from './layout.ts';
import { amountText } from './money.ts';
import { orderSummary } from './summary.ts';

/** The bank's page of 3-D Secure, after the form was filled in. */
export function authenticationPage(world: World, session: Stripe.Checkout.Session): Response {
  if (!backstageOf(world, session.id).typed) return unknownPage();
  return bankPage(session.amount_total ?? 0, session.currency ?? '');
}

/** The bank's question, about an amount or (0) about storing the card. */
export function bankPage(amount: number, currency: string): Response {
  const what =
    amount > 0
      ? html`pays <strong>${amountText(amount, currency)}</strong>`
      : html`stores this card`;
  return page(
    200,
    'Confirm the payment',
    html`<h1>Confirm the payment</h1>
<p>Your (stand-in) bank asks whether it is you who ${what}.</p>
<form method="post">
<p class="endings"><button class="main" name="action" value="complete">Complete</button>
<button name="action" value="fail">Fail</button></p>
</form>`,
  );
}

/** A session that is paid or expired. */
export function overPage(world: World, id: string): Response {
  const session = need(world, 'checkout.session', id);
  if (session.status === 'complete') {
    return page(
      200,
      'Already complete',
      html`<h1>This order is complete</h1>${orderSummary(world, session)}
<p><a href="${safeUrl(successUrl(session))}">Go on to the shop</a></p>`,
    );
  }
  const back = session.cancel_url
    ? html`<p><a href="${safeUrl(session.cancel_url)}">Go back to the shop</a></p>`
    : null;
  return page(
    410,
    'This page has expired',
    html`<h1>This page has expired</h1><p>Nothing was charged. Start again in the shop.</p>${back}`,
  );
}

export function receiptPage(world: World, chargeId: string): Response {
  const charge = find(world, 'charge', chargeId);
  if (!charge?.paid) return unknownPage();
  const refunded = charge.amount_refunded
    ? html`<p>Refunded: ${amountText(charge.amount_refunded, charge.currency)}</p>`
    : null;
  return page(
    200,
    'Receipt',
    html`<h1>Receipt</h1><p>Paid: <strong>${amountText(charge.amount, charge.currency)}</strong></p>${refunded}`,
  );
}

export function notAllowed(): Response {
  return page(405, 'Not allowed', html`<h1>Not allowed</h1>`);
}

export function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}

export function unknownPage(): Response {
  return page(404, 'Not found', html`<h1>Not found</h1><p>There is no such page.</p>`);
}
