import Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { find, findBy, need, newId, put, reindex, type World } from '../world.ts';
import { emit } from './events.ts';
import { createProduct } from './products.ts';

export function createPrice(world: World, params: Stripe.PriceCreateParams): Stripe.Price {
  if ((params.product === undefined) === (params.product_data === undefined)) {
    throw invalid('Give exactly one of product and product_data.', 'product', 'parameter_missing');
  }
  const product = params.product_data
    ? createProduct(world, params.product_data)
    : need(world, 'product', params.product ?? '', 'product');
  takeLookupKey(world, params.lookup_key, params.transfer_lookup_key);
  const price = put(world, 'price', priceObject(world, product.id, params, params.active ?? true));
  emit(world, 'price.created', price);
  return price;
}

/** What `price_data` may hold, in a session, a subscription's item or an invoice's. */
export type InlinePrice = Omit<PriceParams, 'lookup_key' | 'nickname' | 'metadata'> & {
  product?: string;
  product_data?: Stripe.Checkout.SessionCreateParams.LineItem.PriceData.ProductData;
};

/** A price for one session from `price_data`: stored, inactive, no event, as Stripe does. */
export function inlinePrice(world: World, data: InlinePrice, param: string): Stripe.Price {
  if ((data.product === undefined) === (data.product_data === undefined)) {
    throw invalid('Give exactly one of product and product_data.', `${param}[product_data]`);
  }
  const product = data.product_data
    ? createProduct(world, { ...data.product_data, active: true })
    : need(world, 'product', data.product ?? '', `${param}[product]`);
  return put(world, 'price', priceObject(world, product.id, data, false));
}

export function updatePrice(
  world: World,
  id: string,
  params: Stripe.PriceUpdateParams,
): Stripe.Price {
  const price = need(world, 'price', id);
  return update(world, price, 'price.updated', params, () => {
    if (params.lookup_key !== undefined) {
      if (params.lookup_key !== price.lookup_key) {
        takeLookupKey(world, params.lookup_key, params.transfer_lookup_key);
      }
      price.lookup_key = params.lookup_key || null;
    }
    if (params.active !== undefined) price.active = params.active;
    if (params.nickname !== undefined) price.nickname = params.nickname || null;
    if (params.tax_behavior !== undefined) changeTax(price, params.tax_behavior);
    reindex(world, 'price', price);
  });
}

function changeTax(price: Stripe.Price, behaviour: Stripe.PriceUpdateParams.TaxBehavior): void {
  if (price.tax_behavior !== 'unspecified' && price.tax_behavior !== behaviour) {
    throw invalid('You cannot change tax_behavior once it is set.', 'tax_behavior');
  }
  price.tax_behavior = behaviour;
}

type PriceParams = {
  currency: string;
  unit_amount?: number;
  unit_amount_decimal?: Stripe.Decimal;
  custom_unit_amount?: Stripe.PriceCreateParams.CustomUnitAmount;
  recurring?: { interval: string; interval_count?: number };
  tax_behavior?: Stripe.PriceCreateParams.TaxBehavior;
  lookup_key?: string;
  nickname?: string;
  metadata?: Stripe.MetadataParam | '' | null;
};

function priceObject(
  world: World,
  product: string,
  params: PriceParams,
  active: boolean,
): Stripe.Price {
  const custom = customAmount(params);
  if (params.unit_amount === undefined && !custom) {
    throw invalid('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  }
  const amount = params.unit_amount ?? null;
  if (amount !== null && (amount < 0 || amount > 99_999_999)) {
    throw invalid('Invalid unit_amount: from 0 to 99999999.', 'unit_amount');
  }
  return {
    id: newId(world, 'price'),
    object: 'price',
    active,
    billing_scheme: 'per_unit',
    created: world.now(),
    currency: currencyCode(params.currency),
    custom_unit_amount: custom,
    livemode: false,
    lookup_key: params.lookup_key ?? null,
    metadata: mergeMetadata(null, params.metadata),
    nickname: params.nickname ?? null,
    product,
    recurring: recurringOf(params),
    tax_behavior: params.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: params.recurring ? 'recurring' : 'one_time',
    unit_amount: amount,
    unit_amount_decimal: amount === null ? null : Stripe.Decimal.from(amount),
  };
}

/** At most three years from one charge to the next. */
const MOST: Readonly<Record<string, number>> = { day: 1095, week: 156, month: 36, year: 3 };

function recurringOf({ recurring }: PriceParams): Stripe.Price.Recurring | null {
  if (!recurring) return null;
  const count = recurring.interval_count ?? 1;
  if (count < 1 || count > (MOST[recurring.interval] ?? 0)) {
    throw invalid('The interval is from one day to three years.', 'recurring[interval_count]');
  }
  return {
    interval: recurring.interval,
    interval_count: count,
    meter: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}

/** What the buyer may choose to pay; at Stripe for one-time prices only. */
function customAmount(params: PriceParams): Stripe.Price.CustomUnitAmount | null {
  const given = params.custom_unit_amount;
  if (!given?.enabled) return null;
  if (params.unit_amount !== undefined || params.recurring) {
    const other = params.recurring ? 'recurring' : 'unit_amount';
    throw invalid(`custom_unit_amount can not be combined with ${other}.`, 'custom_unit_amount');
  }
  const { minimum = null, maximum = null, preset = null } = given;
  const wrong =
    (minimum !== null && minimum < 50) ||
    (maximum !== null && maximum < (minimum ?? 50)) ||
    (preset !== null && (preset < (minimum ?? 0) || preset > (maximum ?? 99_999_999)));
  if (wrong) {
    throw invalid('minimum (50 at least), preset and maximum must rise.', 'custom_unit_amount');
  }
  return { minimum, maximum, preset };
}

/** The three-letter code in lower case, or a 400. */
export function currencyCode(given: string): string {
  const code = given.toLowerCase();
  if (!/^[a-z]{3}$/.test(code)) throw invalid(`Invalid currency: ${given}.`, 'currency');
  return code;
}

function takeLookupKey(world: World, key: string | undefined, transfer = false): void {
  if (!key) return;
  const [held] = findBy(world, 'price', 'lookup_key', key);
  const holder = held && find(world, 'price', held.id);
  if (!holder) return;
  if (!transfer) {
    throw invalid(
      `A price (\`${holder.id}\`) already uses that lookup key: set transfer_lookup_key to take it.`,
      'lookup_key',
    );
  }
  holder.lookup_key = null;
  emit(world, 'price.updated', holder, { lookup_key: key });
}
