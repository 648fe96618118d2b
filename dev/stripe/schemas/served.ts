/** What the stand-in serves: an object's `object` field, and the SDK's type of it. */
export const SERVED = {
  balance_transaction: 'BalanceTransaction',
  charge: 'Charge',
  'checkout.session': 'Checkout.Session',
  coupon: 'Coupon',
  customer: 'Customer',
  discount: 'Discount',
  dispute: 'Dispute',
  event: 'EventBase',
  item: 'LineItem',
  payment_intent: 'PaymentIntent',
  payment_method: 'PaymentMethod',
  price: 'Price',
  product: 'Product',
  promotion_code: 'PromotionCode',
  refund: 'Refund',
  shipping_rate: 'ShippingRate',
  tax_rate: 'TaxRate',
} as const;

export type ObjectKind = keyof typeof SERVED;

/** The SDK's parameter types of the routes that the stand-in answers. */
export const PARAMS = [
  'ChargeListParams',
  'ChargeRetrieveParams',
  'ChargeUpdateParams',
  'Checkout.SessionCreateParams',
  'Checkout.SessionExpireParams',
  'Checkout.SessionListLineItemsParams',
  'Checkout.SessionListParams',
  'Checkout.SessionRetrieveParams',
  'Checkout.SessionUpdateParams',
  'CouponCreateParams',
  'CouponDeleteParams',
  'CouponListParams',
  'CouponRetrieveParams',
  'CouponUpdateParams',
  'CustomerCreateParams',
  'CustomerDeleteParams',
  'CustomerListParams',
  'CustomerRetrieveParams',
  'CustomerUpdateParams',
  'DisputeCloseParams',
  'DisputeListParams',
  'DisputeRetrieveParams',
  'EventListParams',
  'EventRetrieveParams',
  'BalanceTransactionRetrieveParams',
  'PaymentIntentListParams',
  'PaymentIntentRetrieveParams',
  'PaymentIntentUpdateParams',
  'PaymentMethodRetrieveParams',
  'PriceCreateParams',
  'PriceListParams',
  'PriceRetrieveParams',
  'PriceUpdateParams',
  'ProductCreateParams',
  'ProductDeleteParams',
  'ProductListParams',
  'ProductRetrieveParams',
  'ProductUpdateParams',
  'PromotionCodeCreateParams',
  'PromotionCodeListParams',
  'PromotionCodeRetrieveParams',
  'PromotionCodeUpdateParams',
  'RefundCreateParams',
  'RefundListParams',
  'RefundRetrieveParams',
  'RefundUpdateParams',
  'ShippingRateCreateParams',
  'ShippingRateListParams',
  'ShippingRateRetrieveParams',
  'ShippingRateUpdateParams',
] as const;

export type ParamsName = (typeof PARAMS)[number];

/** Answers that are no stored objects. */
export const ANSWERS = ['DeletedCoupon', 'DeletedCustomer', 'DeletedProduct'] as const;

/** What an object keyed by payment method may hold besides plain values. */
export const METHODS: readonly string[] = [
  'card',
  'sepa_debit',
  'billing_details',
  'metadata',
  'redirect_to_url',
  'customer',
];
