import type Stripe from 'stripe';
import { periodEnd } from '../billing/plan.ts';
import { hasEnded } from '../billing/standing.ts';
import { updateSubscription } from '../billing/update.ts';
import { find, findBy, idOf } from '../world.ts';
import type { Form } from './form-input.ts';
import { type Html, html, safeUrl } from './html.ts';
import { page } from './layout.ts';
import { amountText } from './money.ts';
import { redirect } from './other-pages.ts';
import { costText, type Desk, namesOf } from './portal-desk.ts';
import { dayText } from './renewal-text.ts';

/** The portal's first page: subscriptions, the card, what is known of the customer, invoices. */
export function homePage(desk: Desk): Response {
  const { world, session, customer, configuration } = desk;
  const { features, business_profile } = configuration;
  const own = findBy(world, 'subscription', 'customer', customer.id).reverse();
  const running = own.filter((one) => !hasEnded(one));
  const back = session.return_url
    ? html`<p class="back"><a href="${safeUrl(session.return_url)}">← Back to the shop</a></p>`
    : null;
  return page(
    200,
    'Billing',
    html`${back}<h1>Billing</h1>
${business_profile.headline ? html`<p>${business_profile.headline}</p>` : null}
<h2>Subscriptions</h2>
${running.length ? running.map((one) => subscriptionBox(desk, one)) : html`<p>None are running.</p>`}
<h2>Payment method</h2><p>${cardText(desk)}</p>
${features.payment_method_update.enabled ? html`<p><a href="${desk.base}/card">Use another card or account</a></p>` : null}
<h2>About you</h2><p>${customer.name ? html`${customer.name}<br>` : null}${customer.email}${addressText(customer)}</p>
${features.customer_update.enabled ? html`<p><a href="${desk.base}/details">Change what is known of you</a></p>` : null}
${features.invoice_history.enabled ? invoiceTable(desk) : null}`,
  );
}

/** Takes an ending back, which the button of a subscription asks for. */
export function resume(desk: Desk, form: Form): Response {
  const id = /^resume (\w+)$/.exec(form.action ?? '')?.[1] ?? '';
  const found = find(desk.world, 'subscription', id);
  const allowed = desk.configuration.features.subscription_cancel.enabled;
  if (
    allowed &&
    found?.customer === desk.customer.id &&
    found.cancel_at !== null &&
    !hasEnded(found)
  ) {
    updateSubscription(desk.world, id, { cancel_at_period_end: false });
  }
  return redirect(`${desk.base}?done`);
}

function subscriptionBox(desk: Desk, subscription: Stripe.Subscription): Html {
  const { id } = subscription;
  const { subscription_cancel, subscription_update } = desk.configuration.features;
  const ends = subscription.cancel_at !== null;
  return html`<section class="summary" aria-labelledby="${id}">
<h2 id="${id}">${namesOf(desk.world, subscription)}</h2>
<p>${costText(subscription)}<br>${statusText(subscription)}</p>
<form method="post" action="${desk.base}" class="endings">
${subscription_update.enabled && !ends ? html`<a href="${desk.base}/plan/${id}">Change plan</a> ` : null}
${subscription_cancel.enabled && !ends ? html`<a href="${desk.base}/cancel/${id}">Cancel subscription</a>` : null}
${subscription_cancel.enabled && ends ? html`<button class="main" name="action" value="resume ${id}">Don’t cancel</button>` : null}
</form></section>`;
}

function statusText(subscription: Stripe.Subscription): string {
  const end = dayText(periodEnd(subscription));
  if (subscription.cancel_at !== null) return `Ends on ${dayText(subscription.cancel_at)}.`;
  switch (subscription.status) {
    case 'trialing':
      return `Free trial until ${end}.`;
    case 'past_due':
    case 'unpaid':
    case 'incomplete':
      return 'A payment is missing: pay the open invoice below.';
    case 'paused':
      return 'Paused.';
    default:
      return subscription.pause_collection ? 'Payments are paused.' : `Renews on ${end}.`;
  }
}

function cardText({ world, customer }: Desk): string {
  const own = findBy(world, 'subscription', 'customer', customer.id).at(-1);
  const id =
    idOf(own?.default_payment_method) ?? idOf(customer.invoice_settings.default_payment_method);
  const method = id === null ? null : find(world, 'payment_method', id);
  if (method?.card) {
    const { brand, last4, exp_month, exp_year } = method.card;
    return `${brand} ending in ${last4}, until ${exp_month}/${exp_year}`;
  }
  return method?.sepa_debit ? `Account ending in ${method.sepa_debit.last4}` : 'None';
}

function addressText({ address }: Stripe.Customer): Html | null {
  if (!address) return null;
  const parts = [address.line1, address.line2, address.postal_code, address.city, address.country];
  return html`<br>${parts.filter((part) => part !== null).join(', ')}`;
}

function invoiceTable({ world, customer }: Desk): Html {
  const own = findBy(world, 'invoice', 'customer', customer.id)
    .filter(({ status }) => status !== 'draft')
    .reverse()
    .slice(0, 24);
  if (!own.length) return html`<h2>Invoices</h2><p>There are none yet.</p>`;
  const rows = own.map(
    ({ id, number, created, status, total, currency }) => html`<tr>
<th scope="row"><a href="/i/${id}">${number}</a><br><small>${dayText(created)}, ${status}</small></th>
<td>${amountText(total, currency)}</td></tr>`,
  );
  return html`<h2 id="invoices">Invoices</h2><table aria-labelledby="invoices"><tbody>${rows}</tbody></table>`;
}
