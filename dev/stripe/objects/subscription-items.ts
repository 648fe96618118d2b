import type Stripe from 'stripe';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { idOf, need, newId, type World } from '../world.ts';
import { sameRhythm } from './periods.ts';
import { type InlinePrice, inlinePrice } from './prices.ts';

type Item = Stripe.SubscriptionItem;

/** What parameters say of an item, in whichever call. */
export type ItemInput = {
  price?: string;
  price_data?: Stripe.SubscriptionCreateParams.Item.PriceData;
  quantity?: number;
  metadata?: Stripe.MetadataParam | '' | null;
  tax_rates?: string[] | '' | null;
  /** A price that was found usable before, as when a Checkout session was opened. */
  found?: Stripe.Price;
};

/** Where an item stands: in a subscription, from one second to another. */
export type Place = { subscription: string; start: number; end: number };

/** A new item of a subscription; to be stored with it. */
export function itemOf(world: World, input: ItemInput, place: Place, param: string): Item {
  const price = recurringPrice(world, input, param);
  return {
    id: newId(world, 'si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: world.now(),
    current_period_end: place.end,
    current_period_start: place.start,
    current_trial: null,
    discounts: [],
    metadata: mergeMetadata(null, input.metadata),
    plan: planOf(price),
    price,
    quantity: quantityOf(input.quantity ?? 1, param),
    subscription: place.subscription,
    tax_rates: ratesOf(world, input.tax_rates, param),
  };
}

export function quantityOf(quantity: number, param: string): number {
  if (quantity < 0) throw invalid('Quantity must not be negative.', `${param}[quantity]`);
  return quantity;
}

/** The tax rates that parameters name. */
export function ratesOf(
  world: World,
  ids: readonly string[] | '' | null | undefined,
  param: string,
): Stripe.TaxRate[] {
  return (ids || []).map((id, index) =>
    need(world, 'tax_rate', id, `${param}[tax_rates][${index}]`),
  );
}

/** The price that an item names or brings, which must recur and be active. */
export function recurringPrice(world: World, input: ItemInput, param: string): Stripe.Price {
  if (input.found) return input.found;
  if ((input.price === undefined) === (input.price_data === undefined)) {
    throw invalid(
      'Give exactly one of price and price_data.',
      `${param}[price]`,
      'parameter_missing',
    );
  }
  const price = input.price_data
    ? inlinePrice(world, input.price_data as InlinePrice, `${param}[price_data]`)
    : need(world, 'price', input.price ?? '', `${param}[price]`);
  if (!price.recurring) {
    throw invalid(
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      `${param}[price]`,
    );
  }
  if (input.price !== undefined && !price.active) {
    throw invalid(
      'The price specified is inactive. This field only accepts active prices.',
      `${param}[price]`,
    );
  }
  return price;
}

/** All of a subscription recurs in one rhythm and one currency. */
export function refuseMixed(prices: readonly Stripe.Price[], param = 'items'): void {
  const [first, ...others] = prices;
  if (!first) throw invalid('A subscription needs items.', param, 'parameter_missing');
  for (const price of others) {
    if (price.currency !== first.currency || !sameRhythm(price.recurring, first.recurring)) {
      throw invalid(
        'Currency and interval fields must match across all plans on this subscription. (The stand-in serves no mixed intervals.)',
        param,
      );
    }
  }
  const ids = prices.map((price) => price.id);
  if (new Set(ids).size < ids.length) {
    throw invalid('Cannot add multiple subscription items with the same price.', param);
  }
}

/** What the older API called a price. */
function planOf(price: Stripe.Price): Stripe.Plan {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: idOf(price.product),
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}

/** Sets what an item costs from now on. */
export function reprice(item: Item, price: Stripe.Price): void {
  item.price = price;
  item.plan = planOf(price);
}
