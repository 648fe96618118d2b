import type Stripe from 'stripe';
import { invalid, notServed } from './errors.ts';
import { createdWithin, matches, type Page, paginate } from './lists.ts';
import { mergeMetadata } from './metadata.ts';
import * as catalogue from './objects/catalogue.ts';
import * as customers from './objects/customers.ts';
import * as discounts from './objects/discounts.ts';
import { createRefund } from './objects/refunds.ts';
import { createSession, expireSession } from './objects/sessions.ts';
import * as shipping from './objects/shipping-rates.ts';
import type { ObjectKind, ParamsName } from './schemas/served.ts';
import { all, backstageOf, type Kinds, need, type World } from './world.ts';

/** An answer before `expand`: one object, or a list of them. */
export type Answer = { object: string; [key: string]: unknown };

export type Route = {
  method: 'GET' | 'POST' | 'DELETE';
  path: RegExp;
  params: ParamsName;
  run: (world: World, params: never, id: string, path: string) => Answer;
};

/** Everything that the stand-in answers under /v1. */
export const routes: readonly Route[] = [
  ...crud('products', 'product', {
    create: ['ProductCreateParams', catalogue.createProduct],
    update: ['ProductUpdateParams', catalogue.updateProduct],
    remove: ['ProductDeleteParams', catalogue.deleteProduct],
    retrieve: 'ProductRetrieveParams',
    list: [
      'ProductListParams',
      (p: Stripe.ProductListParams) => (o) =>
        matches(o.active, p.active) && (!p.ids || p.ids.includes(o.id)) && matches(o.url, p.url),
    ],
  }),
  ...crud('prices', 'price', {
    create: ['PriceCreateParams', catalogue.createPrice],
    update: ['PriceUpdateParams', catalogue.updatePrice],
    retrieve: 'PriceRetrieveParams',
    list: [
      'PriceListParams',
      (p: Stripe.PriceListParams) => (o) =>
        matches(o.active, p.active) &&
        matches(o.currency, p.currency) &&
        matches(String(o.product), p.product) &&
        matches(o.type, p.type) &&
        (!p.lookup_keys || (o.lookup_key !== null && p.lookup_keys.includes(o.lookup_key))),
    ],
  }),
  ...crud('customers', 'customer', {
    create: ['CustomerCreateParams', customers.createCustomer],
    update: ['CustomerUpdateParams', customers.updateCustomer],
    remove: ['CustomerDeleteParams', customers.deleteCustomer],
    retrieve: 'CustomerRetrieveParams',
    list: [
      'CustomerListParams',
      (p: Stripe.CustomerListParams) => (o) => !('deleted' in o) && matches(o.email, p.email),
    ],
  }),
  ...crud('coupons', 'coupon', {
    create: ['CouponCreateParams', discounts.createCoupon],
    update: ['CouponUpdateParams', discounts.updateCoupon],
    remove: ['CouponDeleteParams', discounts.deleteCoupon],
    retrieve: 'CouponRetrieveParams',
    list: ['CouponListParams', () => () => true],
  }),
  ...crud('promotion_codes', 'promotion_code', {
    create: ['PromotionCodeCreateParams', discounts.createPromotionCode],
    update: ['PromotionCodeUpdateParams', discounts.updatePromotionCode],
    retrieve: 'PromotionCodeRetrieveParams',
    list: [
      'PromotionCodeListParams',
      (p: Stripe.PromotionCodeListParams) => (o) =>
        matches(o.active, p.active) &&
        (p.code === undefined || o.code.toLowerCase() === p.code.toLowerCase()) &&
        matches(String(o.promotion.coupon), p.coupon),
    ],
  }),
  ...crud('shipping_rates', 'shipping_rate', {
    create: ['ShippingRateCreateParams', shipping.createShippingRate],
    update: ['ShippingRateUpdateParams', shipping.updateShippingRate],
    retrieve: 'ShippingRateRetrieveParams',
    list: [
      'ShippingRateListParams',
      (p: Stripe.ShippingRateListParams) => (o) =>
        matches(o.active, p.active) && matches(o.fixed_amount?.currency, p.currency),
    ],
  }),
  ...crud('checkout/sessions', 'checkout.session', {
    create: ['Checkout.SessionCreateParams', createSession],
    update: ['Checkout.SessionUpdateParams', updateSession],
    retrieve: 'Checkout.SessionRetrieveParams',
    list: [
      'Checkout.SessionListParams',
      (p: Stripe.Checkout.SessionListParams) => (o) =>
        matches(o.status, p.status) &&
        matches(o.payment_intent, p.payment_intent) &&
        matches(o.customer, p.customer) &&
        (!p.customer_details || o.customer_details?.email === p.customer_details.email),
    ],
  }),
  route(
    'POST',
    '/checkout/sessions/:id/expire',
    'Checkout.SessionExpireParams',
    (world, _p, id) => {
      need(world, 'checkout.session', id);
      return expireSession(world, id);
    },
  ),
  route(
    'GET',
    '/checkout/sessions/:id/line_items',
    'Checkout.SessionListLineItemsParams',
    (world, params: Page, id, path) => {
      need(world, 'checkout.session', id);
      return paginate(backstageOf(world, id).lineItems, params, path);
    },
  ),
  ...crud('payment_intents', 'payment_intent', {
    update: ['PaymentIntentUpdateParams', updateIntent],
    retrieve: 'PaymentIntentRetrieveParams',
    list: [
      'PaymentIntentListParams',
      (p: Stripe.PaymentIntentListParams) => (o) => matches(o.customer, p.customer),
    ],
  }),
  ...crud('charges', 'charge', {
    update: ['ChargeUpdateParams', updateCharge],
    retrieve: 'ChargeRetrieveParams',
    list: [
      'ChargeListParams',
      (p: Stripe.ChargeListParams) => (o) =>
        matches(o.customer, p.customer) && matches(o.payment_intent, p.payment_intent),
    ],
  }),
  ...crud('refunds', 'refund', {
    create: ['RefundCreateParams', createRefund],
    update: ['RefundUpdateParams', updateRefund],
    retrieve: 'RefundRetrieveParams',
    list: [
      'RefundListParams',
      (p: Stripe.RefundListParams) => (o) =>
        matches(o.charge, p.charge) && matches(o.payment_intent, p.payment_intent),
    ],
  }),
  ...crud('events', 'event', {
    retrieve: 'EventRetrieveParams',
    list: [
      'EventListParams',
      (p: Stripe.EventListParams) => (o) =>
        matchesType(o.type, p.type) &&
        (!p.types || p.types.includes(o.type)) &&
        matches(o.pending_webhooks === 0, p.delivery_success),
    ],
  }),
  ...crud('balance_transactions', 'balance_transaction', {
    retrieve: 'BalanceTransactionRetrieveParams',
  }),
  ...crud('payment_methods', 'payment_method', { retrieve: 'PaymentMethodRetrieveParams' }),
];

type Crud<K extends ObjectKind> = {
  create?: [ParamsName, (world: World, params: never) => Kinds[K]];
  update?: [ParamsName, (world: World, id: string, params: never) => Kinds[K]];
  remove?: [ParamsName, (world: World, id: string) => object];
  retrieve: ParamsName;
  list?: [ParamsName, (params: never) => (object: Kinds[K]) => boolean];
};

function crud<K extends ObjectKind>(name: string, kind: K, given: Crud<K>): Route[] {
  const { create, update, remove, list } = given;
  const found: Route[] = [
    route('GET', `/${name}/:id`, given.retrieve, (world, _params, id) => need(world, kind, id)),
  ];
  if (create)
    found.push(
      route('POST', `/${name}`, create[0], (world, params: never) => create[1](world, params)),
    );
  if (update) {
    found.push(
      route('POST', `/${name}/:id`, update[0], (world, params: never, id) =>
        update[1](world, id, params),
      ),
    );
  }
  if (remove)
    found.push(
      route('DELETE', `/${name}/:id`, remove[0], (world, _params, id) => remove[1](world, id)),
    );
  if (list) {
    found.push(
      route('GET', `/${name}`, list[0], (world, params: never, _id, path) => {
        const filter = list[1](params);
        const { created } = params as { created?: Stripe.RangeQueryParam | number };
        const items = all(world, kind).filter(
          (o) => filter(o) && createdWithin(createdOf(o), created),
        );
        return paginate(items, params as Page, path);
      }),
    );
  }
  return found;
}

function route<P>(
  method: Route['method'],
  path: string,
  params: ParamsName,
  run: (world: World, params: P, id: string, path: string) => object,
): Route {
  const pattern = new RegExp(`^/v1${path.replace(':id', '([^/]+)')}$`);
  return { method, path: pattern, params, run: run as Route['run'] };
}

function createdOf(object: object): number {
  return 'created' in object && typeof object.created === 'number' ? object.created : 0;
}

/** `charge.*` stands for all types that begin so. */
function matchesType(type: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

function updateSession(
  world: World,
  id: string,
  params: Stripe.Checkout.SessionUpdateParams,
): Stripe.Checkout.Session {
  const session = need(world, 'checkout.session', id);
  const { metadata, expand: _expand, ...rest } = params;
  const [other] = Object.keys(rest);
  if (other) throw notServed(`a change of ${other}`, other);
  session.metadata = mergeMetadata(session.metadata, metadata);
  return session;
}

function updateIntent(
  world: World,
  id: string,
  params: Stripe.PaymentIntentUpdateParams,
): Stripe.PaymentIntent {
  const intent = need(world, 'payment_intent', id);
  const { metadata, description, expand: _expand, ...rest } = params;
  const [other] = Object.keys(rest);
  if (other) throw notServed(`a change of ${other}`, other);
  if (description !== undefined) intent.description = description || null;
  intent.metadata = mergeMetadata(intent.metadata, metadata);
  return intent;
}

function updateCharge(world: World, id: string, params: Stripe.ChargeUpdateParams): Stripe.Charge {
  const charge = need(world, 'charge', id);
  const { metadata, description, expand: _expand, ...rest } = params;
  const [other] = Object.keys(rest);
  if (other) throw notServed(`a change of ${other}`, other);
  if (description !== undefined) charge.description = description || null;
  charge.metadata = mergeMetadata(charge.metadata, metadata);
  return charge;
}

function updateRefund(world: World, id: string, params: Stripe.RefundUpdateParams): Stripe.Refund {
  const refund = need(world, 'refund', id);
  if (refund.status === 'failed') throw invalid('A failed refund cannot be changed.');
  refund.metadata = mergeMetadata(refund.metadata, params.metadata);
  return refund;
}
