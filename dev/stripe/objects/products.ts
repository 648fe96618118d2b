import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { find, findBy, need, newId, put, remove, type World } from '../world.ts';
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
  if (findBy(world, 'price', 'product', id).length) {
    throw invalid('This product cannot be deleted because it has one or more user-created prices.');
  }
  remove(world, 'product', id);
  emit(world, 'product.deleted', product);
  return { id, object: 'product', deleted: true };
}
