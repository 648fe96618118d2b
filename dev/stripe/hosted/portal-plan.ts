import type Stripe from 'stripe';
import { createPreview } from '../billing/preview.ts';
import { updateSubscription } from '../billing/update.ts';
import { StripeFailure } from '../errors.ts';
import { wholly } from '../journal.ts';
import { rhythmText } from '../objects/periods.ts';
import { find, idOf } from '../world.ts';
import { alertBox } from './fields.ts';
import { type Html, html } from './html.ts';
import { amountText } from './money.ts';
import { unknownPage } from './other-pages.ts';
import { type Desk, finished, nameOf, portalPage } from './portal-desk.ts';
import type { Visit } from './visit.ts';

/** Another plan among those of the configuration: first what it would cost now, then the change itself. */
export function planPage(desk: Desk, subscription: Stripe.Subscription, visit: Visit): Response {
  const { enabled, default_allowed_updates } = desk.configuration.features.subscription_update;
  const runs = ['active', 'trialing', 'past_due'].includes(subscription.status);
  if (!enabled || !default_allowed_updates.includes('price') || !runs) return unknownPage();
  const prices = pricesOf(desk);
  const chosen = prices.find(({ id }) => id === visit.form.price) ?? null;
  if (visit.method === 'GET') return shown(desk, subscription, 200, chosen, null);
  const item = plannedItem(subscription, prices);
  if (!chosen || !item) return shown(desk, subscription, 422, null, 'Choose one of the plans.');
  if (visit.form.action !== 'confirm') return shown(desk, subscription, 200, chosen, null);
  try {
    wholly(desk.world, () =>
      updateSubscription(desk.world, subscription.id, change(desk, item, chosen)),
    );
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    return shown(desk, subscription, 402, chosen, `${error.message} Nothing was changed.`);
  }
  return finished(desk);
}

function change(desk: Desk, item: Stripe.SubscriptionItem, price: Stripe.Price) {
  const behaviour = desk.configuration.features.subscription_update.proration_behavior;
  return {
    items: [{ id: item.id, price: price.id }],
    proration_behavior: behaviour as 'always_invoice' | 'create_prorations' | 'none',
    payment_behavior: 'error_if_incomplete' as const,
  };
}

function pricesOf({ world, configuration }: Desk): Stripe.Price[] {
  const products = configuration.features.subscription_update.products ?? [];
  const ids = products.flatMap(({ prices }) => prices);
  return ids.flatMap((id) => {
    const price = find(world, 'price', id);
    return price?.active ? [price] : [];
  });
}

/** The item that a change of plan is about: one of the configured plans, else the only one. */
function plannedItem(
  subscription: Stripe.Subscription,
  prices: readonly Stripe.Price[],
): Stripe.SubscriptionItem | null {
  const { data } = subscription.items;
  const products = new Set(prices.map(({ product }) => idOf(product)));
  const planned = data.find(({ price }) => products.has(idOf(price.product)));
  return planned ?? (data.length === 1 ? (data[0] ?? null) : null);
}

function shown(
  desk: Desk,
  subscription: Stripe.Subscription,
  status: number,
  chosen: Stripe.Price | null,
  notice: string | null,
): Response {
  const prices = pricesOf(desk);
  const now = plannedItem(subscription, prices)?.price.id;
  const choices = prices.map((price) => {
    const current = price.id === now;
    const picked = chosen ? price.id === chosen.id : current;
    const rhythm = price.recurring ? ` per ${rhythmText(price.recurring)}` : '';
    return html`<label class="choice"><input type="radio" name="price" value="${price.id}"${
      picked ? html` checked` : null
    }> <span>${nameOf(desk.world, price)}${current ? ' (now)' : null}</span> <span>${amountText(
      price.unit_amount ?? 0,
      price.currency,
    )}${rhythm}</span></label>`;
  });
  return portalPage(
    desk,
    status,
    'Change plan',
    html`${alertBox({ typed: {}, complaints: {}, notice })}
<form method="post" action="${desk.base}/plan/${subscription.id}">
<fieldset><legend>Plan</legend>${choices}</fieldset>
<p><button name="action" value="preview">Show what it costs</button></p>
${chosen && chosen.id !== now ? confirmation(desk, subscription, chosen) : null}</form>`,
  );
}

function confirmation(
  desk: Desk,
  subscription: Stripe.Subscription,
  price: Stripe.Price,
): Html | null {
  const item = plannedItem(subscription, pricesOf(desk));
  if (!item) return null;
  const { items, proration_behavior } = change(desk, item, price);
  const preview = createPreview(desk.world, {
    subscription: subscription.id,
    subscription_details: { items, proration_behavior },
  });
  const rows = preview.lines.data.map(
    (line) =>
      html`<tr><th scope="row">${line.description}</th><td>${amountText(line.amount, line.currency)}</td></tr>`,
  );
  return html`<section class="summary" aria-labelledby="next"><h2 id="next">The next invoice</h2>
<table><tbody>${rows}</tbody><tfoot><tr class="total"><th scope="row">Amount due</th><td>${amountText(
    preview.amount_due,
    preview.currency,
  )}</td></tr></tfoot></table></section>
<p><button class="main" name="action" value="confirm">Confirm</button></p>`;
}
