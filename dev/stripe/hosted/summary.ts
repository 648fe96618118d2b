import type Stripe from 'stripe';
import { rhythmText } from '../objects/periods.ts';
import { backstageOf, find, type World } from '../world.ts';
import { type Html, html } from './html.ts';
import { amountText } from './money.ts';

type Session = Stripe.Checkout.Session;

/** Lines, discount, postage, tax and total as a table; `extra` adds a control below a line's name. */
export function orderSummary(
  world: World,
  session: Session,
  extra: (item: Stripe.LineItem) => Html | null = () => null,
): Html {
  const currency = session.currency ?? '';
  const details = session.total_details;
  const rows = backstageOf(world, session.id).lineItems.map(
    (
      item,
    ) => html`<tr><th scope="row">${item.description}${quantityText(item)}${rhythmOf(item)}${extra(item)}</th>
<td>${amountText(item.amount_subtotal, currency)}</td></tr>`,
  );
  return html`<table>
<tbody>${rows}</tbody>
<tfoot>
${row('Subtotal', amountText(session.amount_subtotal ?? 0, currency))}
${details?.amount_discount ? row(discountName(world, session), `−${amountText(details.amount_discount, currency)}`) : null}
${session.shipping_cost ? row('Postage', amountText(session.shipping_cost.amount_subtotal, currency)) : null}
${session.automatic_tax.enabled ? row(taxLabel(session), taxText(session, currency)) : null}
<tr class="total"><th scope="row">${session.mode === 'subscription' ? 'Due today' : 'Total'}</th><td>${amountText(session.amount_total ?? 0, currency)}</td></tr>
</tfoot></table>`;
}

function row(label: string, value: string): Html {
  return html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`;
}

/** `€60.00 per year`, below what recurs. */
function rhythmOf({ price, currency }: Stripe.LineItem): Html | null {
  if (!price?.recurring) return null;
  const each = amountText(price.unit_amount ?? 0, currency);
  return html`<br><small>${each} per ${rhythmText(price.recurring)}</small>`;
}

function quantityText(item: Stripe.LineItem): Html | null {
  const quantity = item.quantity ?? 1;
  if (quantity === 1 && !item.adjustable_quantity) return null;
  const each = amountText(item.price?.unit_amount ?? 0, item.currency);
  return html`<br><small>${quantity} × ${each}</small>`;
}

function discountName(world: World, session: Session): string {
  const [discount] = backstageOf(world, session.id).discounts;
  const coupon = discount && find(world, 'coupon', String(discount.source.coupon));
  return coupon?.name ? `Discount: ${coupon.name}` : 'Discount';
}

/** Tax inside the prices is shown, and not added. */
function taxLabel(session: Session): string {
  const inside = session.total_details?.breakdown?.taxes.some((tax) => tax.rate.inclusive) ?? false;
  return inside ? 'Tax (included)' : 'Tax';
}

function taxText(session: Session, currency: string): string {
  if (session.automatic_tax.status !== 'complete') return 'by country';
  return amountText(session.total_details?.amount_tax ?? 0, currency);
}
