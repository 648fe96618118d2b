import type Stripe from 'stripe';
import { deleteCustomer } from './billing/customer-end.ts';
import { billingRoutes } from './billing-routes.ts';
import { matches, type Page, paginate } from './lists.ts';
import { updateCharge } from './objects/charges.ts';
import * as customers from './objects/customers.ts';
import * as discounts from './objects/discounts.ts';
import { decideDispute } from './objects/disputes.ts';
import { updateIntent } from './objects/intents.ts';
import * as prices from './objects/prices.ts';
import * as products from './objects/products.ts';
import { createRefund, updateRefund } from './objects/refunds.ts';
import { createSession, expireSession, updateSession } from './objects/sessions.ts';
import * as shipping from './objects/shipping-rates.ts';
import { action, crud, firstOf, type Route, route } from './route.ts';
import { backstageOf, idOf, need } from './world.ts';

/** Everything that the stand-in answers under /v1. */
export const routes: readonly Route[] = [
  ...crud('products', 'product', {
    create: ['ProductCreateParams', products.createProduct],
    update: ['ProductUpdateParams', products.updateProduct],
    remove: ['ProductDeleteParams', products.deleteProduct],
    retrieve: 'ProductRetrieveParams',
    list: [
      'ProductListParams',
      (p: Stripe.ProductListParams) => (o) =>
        matches(o.active, p.active) && (!p.ids || p.ids.includes(o.id)) && matches(o.url, p.url),
    ],
  }),
  ...crud('prices', 'price', {
    create: ['PriceCreateParams', prices.createPrice],
    update: ['PriceUpdateParams', prices.updatePrice],
    retrieve: 'PriceRetrieveParams',
    list: [
      'PriceListParams',
      (p: Stripe.PriceListParams) => (o) =>
        matches(o.active, p.active) &&
        matches(o.currency, p.currency) &&
        matches(String(o.product), p.product) &&
        matches(o.type, p.type) &&
        (!p.recurring?.interval || o.recurring?.interval === p.recurring.interval) &&
        (!p.lookup_keys || (o.lookup_key !== null && p.lookup_keys.includes(o.lookup_key))),
      (p: Stripe.PriceListParams) => firstOf({ product: p.product }),
    ],
  }),
  ...crud('customers', 'customer', {
    create: ['CustomerCreateParams', customers.createCustomer],
    update: ['CustomerUpdateParams', customers.updateCustomer],
    remove: ['CustomerDeleteParams', deleteCustomer],
    retrieve: 'CustomerRetrieveParams',
    list: [
      'CustomerListParams',
      (p: Stripe.CustomerListParams) => (o) =>
        !('deleted' in o) && matches(o.email, p.email) && matches(idOf(o.test_clock), p.test_clock),
      (p: Stripe.CustomerListParams) => firstOf({ email: p.email }),
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
        matches(idOf(o.subscription), p.subscription) &&
        (!p.customer_details || o.customer_details?.email === p.customer_details.email),
      (p: Stripe.Checkout.SessionListParams) =>
        firstOf({
          payment_intent: p.payment_intent,
          subscription: p.subscription,
          customer: p.customer,
        }),
    ],
  }),
  action('checkout/sessions', 'expire', 'Checkout.SessionExpireParams', expireSession),
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
      (p: Stripe.PaymentIntentListParams) => firstOf({ customer: p.customer }),
    ],
  }),
  ...crud('charges', 'charge', {
    update: ['ChargeUpdateParams', updateCharge],
    retrieve: 'ChargeRetrieveParams',
    list: [
      'ChargeListParams',
      (p: Stripe.ChargeListParams) => (o) =>
        matches(o.customer, p.customer) && matches(o.payment_intent, p.payment_intent),
      (p: Stripe.ChargeListParams) =>
        firstOf({ payment_intent: p.payment_intent, customer: p.customer }),
    ],
  }),
  ...crud('refunds', 'refund', {
    create: ['RefundCreateParams', createRefund],
    update: ['RefundUpdateParams', updateRefund],
    retrieve: 'RefundRetrieveParams',
    list: [
      'RefundListParams',
      ofPayment,
      (p: Stripe.RefundListParams) =>
        firstOf({ charge: p.charge, payment_intent: p.payment_intent }),
    ],
  }),
  ...crud('disputes', 'dispute', {
    retrieve: 'DisputeRetrieveParams',
    list: ['DisputeListParams', ofPayment],
  }),
  action('disputes', 'close', 'DisputeCloseParams', (world, id) =>
    decideDispute(world, id, 'lost'),
  ),
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
  ...billingRoutes,
];

type OfPayment = { charge?: unknown; payment_intent?: unknown };

/** What refunds and disputes are listed by. */
function ofPayment(wanted: OfPayment): (object: OfPayment) => boolean {
  return ({ charge, payment_intent }) =>
    matches(charge, wanted.charge) && matches(payment_intent, wanted.payment_intent);
}

/** `charge.*` stands for all types that begin so. */
function matchesType(type: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
