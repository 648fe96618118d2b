import type Stripe from 'stripe';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { need, newId, type World } from '../world.ts';
import { type InlinePrice, inlinePrice } from './prices.ts';
import { createShippingRate } from './shipping-rates.ts';
import { refuseMixed } from './subscription-items.ts';

/** A line with its price, stored where the session brings its own; amounts come later. */
export function lineItem(
  world: World,
  item: Stripe.Checkout.SessionCreateParams.LineItem,
  index: number,
): Stripe.LineItem {
  const param = `line_items[${index}]`;
  if ((item.price === undefined) === (item.price_data === undefined)) {
    throw invalid('Give exactly one of price and price_data.', `${param}[price]`);
  }
  if (item.quantity === undefined || item.quantity < 1) {
    throw invalid(
      'Quantity is required and must be at least 1.',
      `${param}[quantity]`,
      'parameter_missing',
    );
  }
  const price = item.price_data
    ? inlinePrice(world, item.price_data as InlinePrice, `${param}[price_data]`)
    : need(world, 'price', item.price ?? '', `${param}[price]`);
  if (item.price !== undefined && !price.active) {
    throw invalid('The price specified is inactive.', `${param}[price]`, 'price_inactive');
  }
  const product = need(world, 'product', String(price.product), `${param}[price]`);
  if (!product.active) {
    throw invalid('The product of this price is inactive.', `${param}[price]`, 'product_inactive');
  }
  const adjustable = item.adjustable_quantity?.enabled ? item.adjustable_quantity : null;
  return {
    id: newId(world, 'li'),
    object: 'item',
    adjustable_quantity: adjustable
      ? { enabled: true, maximum: adjustable.maximum ?? 99, minimum: adjustable.minimum ?? 0 }
      : null,
    amount_discount: 0,
    amount_subtotal: 0,
    amount_tax: 0,
    amount_total: 0,
    currency: price.currency,
    description: product.name,
    metadata: mergeMetadata(null, item.metadata),
    price,
    quantity: item.quantity,
  };
}

/** Refuses lines that don't go with the session's mode: what recurs needs a subscription, and an open price stands alone. */
export function refuseLines(mode: string, items: readonly Stripe.LineItem[]): void {
  const recurring = items.flatMap(({ price }) => (price?.recurring ? [price] : []));
  if (mode === 'payment' && recurring.length) {
    throw invalid(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      'line_items',
    );
  }
  if (mode === 'subscription') refuseMixed(recurring, 'line_items');
  const open = items.some(({ price }) => price?.custom_unit_amount);
  const alone = items.length === 1 && items[0]?.quantity === 1 && !items[0].adjustable_quantity;
  if (open && (mode !== 'payment' || !alone)) {
    throw invalid(
      'A price with custom_unit_amount must be the only line, with quantity 1.',
      'line_items',
    );
  }
}

/** The currency of all lines, which must be one. */
export function oneCurrency(items: readonly Stripe.LineItem[], asked: string | undefined): string {
  const currencies = new Set(items.map((item) => item.currency));
  const [currency] = currencies;
  if (currency === undefined)
    throw invalid('A session needs line items.', 'line_items', 'parameter_missing');
  if (currencies.size > 1 || (asked !== undefined && asked.toLowerCase() !== currency)) {
    throw invalid('All line items must have the same currency as the session.', 'line_items');
  }
  return currency;
}

export function shippingOptions(
  world: World,
  given: readonly Stripe.Checkout.SessionCreateParams.ShippingOption[],
  currency: string,
): Stripe.ShippingRate[] {
  return given.map((option, index) => {
    const param = `shipping_options[${index}]`;
    if ((option.shipping_rate === undefined) === (option.shipping_rate_data === undefined)) {
      throw invalid('Give exactly one of shipping_rate and shipping_rate_data.', param);
    }
    const rate = option.shipping_rate_data
      ? createShippingRate(
          world,
          option.shipping_rate_data,
          (name) => `${param}[shipping_rate_data][${name}]`,
        )
      : need(world, 'shipping_rate', option.shipping_rate ?? '', `${param}[shipping_rate]`);
    if (!rate.active) throw invalid('The shipping rate is inactive.', `${param}[shipping_rate]`);
    if (rate.fixed_amount?.currency !== currency) {
      throw invalid(`The shipping rate must be in ${currency}.`, `${param}[shipping_rate]`);
    }
    return rate;
  });
}

/** Cards, and delayed debits for euros; limited by the caller's lists. */
export function methodTypes(
  params: Stripe.Checkout.SessionCreateParams,
  currency: string,
): string[] {
  const own = currency === 'eur' ? ['card', 'sepa_debit'] : ['card'];
  const allowed = params.allowed_payment_method_types as readonly string[] | undefined;
  const excluded = (params.excluded_payment_method_types ?? []) as readonly string[];
  const types = own.filter((type) => (allowed?.includes(type) ?? true) && !excluded.includes(type));
  if (!types.length) throw invalid('No payment method is left.', 'allowed_payment_method_types');
  return types;
}
