import { invalid } from './errors.ts';
import { findBy, type World, wire } from './world.ts';

type Json = { [key: string]: unknown };

/** Fields that Stripe leaves out until they are asked for with `expand`. */
const INCLUDABLE: Record<string, readonly string[]> = {
  'checkout.session': ['line_items'],
  item: ['taxes', 'discounts'],
  coupon: ['applies_to', 'currency_options'],
  price: ['currency_options', 'tiers'],
  charge: ['refunds'],
  customer: ['subscriptions'],
  invoice: ['payments', 'confirmation_secret'],
};

/**
 * An object as Stripe answers it: ids in place of the objects that `expand` doesn't name, and includable fields only
 * where it does. Paths have at most four parts; an unknown one is refused with 400.
 */
export function render(world: World, stored: unknown, expand: readonly string[] = []): Json {
  const object = wire(stored) as Json;
  const paths = expand.map((path) => path.split('.'));
  const deep = paths.find((path) => path.length > 4);
  if (deep) throw invalid('You cannot expand more than 4 levels of a property.', 'expand');
  return renderNode(world, object, paths);
}

function renderNode(world: World, object: Json, paths: string[][]): Json {
  const wanted = Map.groupBy(paths, (path) => path[0] ?? '');
  const kind = String(object.object ?? '');
  for (const field of INCLUDABLE[kind] ?? []) {
    if (wanted.has(field)) include(world, object, kind, field);
    else delete object[field];
  }
  stripBreakdown(object, kind, wanted);
  for (const [field, group] of wanted) {
    if (field === '') continue;
    const deeper = group.map((path) => path.slice(1)).filter((path) => path.length > 0);
    object[field] = expandField(world, object, field, deeper);
  }
  for (const [field, value] of Object.entries(object)) {
    if (!wanted.has(field)) object[field] = renderValue(world, value);
  }
  return object;
}

function renderValue(world: World, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => renderValue(world, item));
  return isJson(value) ? renderNode(world, value, []) : value;
}

function expandField(world: World, object: Json, field: string, deeper: string[][]): unknown {
  const value = object[field];
  if (value === undefined) {
    throw invalid(`This property cannot be expanded (${field}).`, 'expand');
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => expandItem(world, item, field, deeper));
  return expandItem(world, value, field, deeper);
}

function expandItem(world: World, value: unknown, field: string, deeper: string[][]): unknown {
  if (isJson(value)) return renderNode(world, value, deeper);
  const found = typeof value === 'string' ? byId(world, value) : null;
  if (!found) throw invalid(`This property cannot be expanded (${field}).`, 'expand');
  return renderNode(world, wire(found) as Json, deeper);
}

function byId(world: World, id: string): unknown {
  for (const objects of Object.values(world.state.objects)) {
    if (Object.hasOwn(objects, id)) return objects[id];
  }
  return null;
}

function include(world: World, object: Json, kind: string, field: string): void {
  if (object[field] !== undefined) return;
  const id = String(object.id);
  if (field === 'confirmation_secret') {
    object[field] = secretOf(world, id);
    return;
  }
  if (kind === 'checkout.session') {
    const items = world.state.drawers.session[id]?.lineItems ?? [];
    object[field] = listOf(items, `/v1/checkout/sessions/${id}/line_items`);
  }
  if (kind === 'charge') {
    const own = findBy(world, 'refund', 'charge', id).reverse();
    object[field] = listOf(own, `/v1/charges/${id}/refunds`);
  }
  if (kind === 'invoice') {
    const own = findBy(world, 'invoice_payment', 'invoice', id).reverse();
    object[field] = listOf(own, `/v1/invoice_payments?invoice=${id}`);
  }
  if (kind === 'customer') {
    const own = findBy(world, 'subscription', 'customer', id).reverse();
    const running = own.filter(({ status }) => status !== 'canceled');
    object[field] = listOf(running, `/v1/customers/${id}/subscriptions`);
  }
}

/** What a page of our own would confirm an open invoice's payment with; null without one under way. */
function secretOf(world: World, invoice: string): Json | null {
  const open = findBy(world, 'invoice_payment', 'invoice', invoice).find(
    (one) => one.status === 'open',
  );
  const intent = open && world.state.objects.payment_intent[String(open.payment.payment_intent)];
  return intent?.client_secret
    ? { client_secret: intent.client_secret, type: 'payment_intent' }
    : null;
}

function listOf(items: readonly unknown[], url: string): Json {
  return { object: 'list', data: wire(items.slice(0, 10)), has_more: items.length > 10, url };
}

/** `total_details.breakdown` and `shipping_cost.taxes` sit in objects without a name of their own. */
function stripBreakdown(object: Json, kind: string, wanted: Map<string, string[][]>): void {
  if (kind !== 'checkout.session') return;
  for (const [field, part] of [
    ['total_details', 'breakdown'],
    ['shipping_cost', 'taxes'],
  ] as const) {
    const asked = wanted.get(field)?.some((path) => path[1] === part) ?? false;
    const holder = object[field];
    if (!asked && isJson(holder)) delete holder[part];
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
