import Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { all, find, need, newId, put, type World } from '../world.ts';
import { emit } from './events.ts';

export function createProduct(world: World, params: Stripe.ProductCreateParams): Stripe.Product {
  if (params.id !== undefined && find(world, 'product', params.id)) {
    throw invalid(`Product already exists.`, 'id', 'resource_already_exists');
  }
  if (params.name.trim() === '') throw invalid('You passed an empty string for name.', 'name');
  const product = put(world, 'product', {
    id: params.id ?? newId(world, 'prod', 14),
    object: 'product',
    active: params.active ?? true,
    created: world.now(),
    default_price: null,
    description: params.description ?? null,
    images: params.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: mergeMetadata(null, params.metadata),
    name: params.name,
    package_dimensions: null,
    shippable: params.shippable ?? null,
    statement_descriptor: params.statement_descriptor ?? null,
    tax_code: params.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: params.unit_label ?? null,
    updated: world.now(),
    url: params.url ?? null,
  });
  emit(world, 'product.created', product);
  return product;
}

export function updateProduct(
  world: World,
  id: string,
  params: Stripe.ProductUpdateParams,
): Stripe.Product {
  const product = need(world, 'product', id);
  return update(world, product, 'product.updated', params, () => {
    if (params.default_price !== undefined) {
      product.default_price = need(world, 'price', params.default_price, 'default_price').id;
    }
    if (params.name !== undefined) product.name = params.name;
    if (params.active !== undefined) product.active = params.active;
    if (params.description !== undefined) product.description = params.description || null;
    if (params.images !== undefined) product.images = params.images || [];
    if (params.shippable !== undefined) product.shippable = params.shippable;
    if (params.statement_descriptor !== undefined) {
      product.statement_descriptor = params.statement_descriptor || null;
    }
    if (params.tax_code !== undefined) product.tax_code = params.tax_code || null;
    if (params.unit_label !== undefined) product.unit_label = params.unit_label || null;
    if (params.url !== undefined) product.url = params.url || null;
    product.updated = world.now();
  });
}

/** Only a product without prices can be deleted. */
export function deleteProduct(world: World, id: string): Stripe.DeletedProduct {
  const product = need(world, 'product', id);
  if (all(world, 'price').some((price) => price.product === id)) {
    throw invalid('This product cannot be deleted because it has one or more user-created prices.');
  }
  delete world.state.objects.product[id];
  emit(world, 'product.deleted', product);
  return { id, object: 'product', deleted: true };
}

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

/** A price for one session from `price_data`: stored, inactive, no event, as Stripe does. */
export function inlinePrice(
  world: World,
  data: Stripe.Checkout.SessionCreateParams.LineItem.PriceData,
  param: string,
): Stripe.Price {
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
  if (params.unit_amount === undefined) {
    throw invalid('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  }
  if (params.unit_amount < 0 || params.unit_amount > 99_999_999) {
    throw invalid('Invalid unit_amount: from 0 to 99999999.', 'unit_amount');
  }
  return {
    id: newId(world, 'price'),
    object: 'price',
    active,
    billing_scheme: 'per_unit',
    created: world.now(),
    currency: currencyCode(params.currency),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: params.lookup_key ?? null,
    metadata: mergeMetadata(null, params.metadata),
    nickname: params.nickname ?? null,
    product,
    recurring: null,
    tax_behavior: params.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: params.unit_amount,
    unit_amount_decimal: Stripe.Decimal.from(params.unit_amount),
  };
}

/** The three-letter code in lower case, or a 400. */
export function currencyCode(given: string): string {
  const code = given.toLowerCase();
  if (!/^[a-z]{3}$/.test(code)) throw invalid(`Invalid currency: ${given}.`, 'currency');
  return code;
}

function takeLookupKey(world: World, key: string | undefined, transfer = false): void {
  if (!key) return;
  const holder = all(world, 'price').find((price) => price.lookup_key === key);
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
