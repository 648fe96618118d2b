import type Stripe from 'stripe';
import { deleteCustomer } from './billing/customer-end.ts';
import { invoiceRoutes } from './invoice-routes.ts';
import { matches, type Page, paginate } from './lists.ts';
import * as notes from './objects/credit-notes.ts';
import { createBalanceTransaction } from './objects/customer-balance.ts';
import { needCustomer } from './objects/customers.ts';
import * as portal from './objects/portal.ts';
import { attachMethod, detachMethod, updateMethod } from './objects/stored-methods.ts';
import { createTaxRate, updateTaxRate } from './objects/tax-rates.ts';
import { advanceClock, createClock, deleteClock } from './objects/test-clocks.ts';
import { action, crud, firstOf, type Route, route } from './route.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { catchUp } from './time.ts';
import { findBy, idOf } from './world.ts';

const methods: Route[] = [
  ...crud('payment_methods', 'payment_method', {
    update: ['PaymentMethodUpdateParams', updateMethod],
    retrieve: 'PaymentMethodRetrieveParams',
    list: [
      'PaymentMethodListParams',
      (p: Stripe.PaymentMethodListParams) => (o) =>
        matches(idOf(o.customer), p.customer) && matches(o.type, p.type),
      (p: Stripe.PaymentMethodListParams) => firstOf({ customer: p.customer }),
    ],
  }),
  action(
    'payment_methods',
    'attach',
    'PaymentMethodAttachParams',
    (world, id, params: Stripe.PaymentMethodAttachParams) =>
      attachMethod(world, id, needCustomer(world, params.customer ?? '', 'customer').id),
  ),
  action('payment_methods', 'detach', 'PaymentMethodDetachParams', detachMethod),
  route(
    'GET',
    '/customers/:id/payment_methods',
    'CustomerListPaymentMethodsParams',
    (world, params: Stripe.CustomerListPaymentMethodsParams, id, path) => {
      const own = findBy(world, 'payment_method', 'customer', needCustomer(world, id).id);
      const wanted = own.filter((method) => matches(method.type, params.type)).reverse();
      return paginate(wanted, params as Page, path);
    },
  ),
  ...crud('setup_intents', 'setup_intent', {
    retrieve: 'SetupIntentRetrieveParams',
    list: [
      'SetupIntentListParams',
      (p: Stripe.SetupIntentListParams) => (o) =>
        matches(idOf(o.customer), p.customer) && matches(idOf(o.payment_method), p.payment_method),
    ],
  }),
];

const moneyRoutes: Route[] = [
  ...crud('credit_notes', 'credit_note', {
    create: ['CreditNoteCreateParams', notes.createCreditNote],
    update: ['CreditNoteUpdateParams', notes.updateCreditNote],
    retrieve: 'CreditNoteRetrieveParams',
    list: [
      'CreditNoteListParams',
      (p: Stripe.CreditNoteListParams) => (o) =>
        matches(idOf(o.invoice), p.invoice) && matches(idOf(o.customer), p.customer),
      (p: Stripe.CreditNoteListParams) => firstOf({ invoice: p.invoice }),
    ],
  }),
  action('credit_notes', 'void', 'CreditNoteVoidCreditNoteParams', notes.voidCreditNote),
  route(
    'POST',
    '/customers/:id/balance_transactions',
    'CustomerCreateBalanceTransactionParams',
    createBalanceTransaction,
  ),
  route(
    'GET',
    '/customers/:id/balance_transactions',
    'CustomerListBalanceTransactionsParams',
    (world, params: Page, id, path) =>
      paginate(
        findBy(world, 'customer_balance_transaction', 'customer', id).reverse(),
        params,
        path,
      ),
  ),
  ...crud('tax_rates', 'tax_rate', {
    create: ['TaxRateCreateParams', createTaxRate],
    update: ['TaxRateUpdateParams', updateTaxRate],
    retrieve: 'TaxRateRetrieveParams',
    list: [
      'TaxRateListParams',
      (p: Stripe.TaxRateListParams) => (o) =>
        matches(o.active, p.active) && matches(o.inclusive, p.inclusive),
    ],
  }),
  ...crud('radar/early_fraud_warnings', 'radar.early_fraud_warning', {
    retrieve: 'Radar.EarlyFraudWarningRetrieveParams',
    list: [
      'Radar.EarlyFraudWarningListParams',
      (p: Stripe.Radar.EarlyFraudWarningListParams) => (o) =>
        matches(idOf(o.charge), p.charge) && matches(idOf(o.payment_intent), p.payment_intent),
    ],
  }),
];

const portalRoutes: Route[] = [
  ...crud('billing_portal/configurations', 'billing_portal.configuration', {
    create: ['BillingPortal.ConfigurationCreateParams', portal.createConfiguration],
    update: ['BillingPortal.ConfigurationUpdateParams', portal.updateConfiguration],
    retrieve: 'BillingPortal.ConfigurationRetrieveParams',
    list: [
      'BillingPortal.ConfigurationListParams',
      (p: Stripe.BillingPortal.ConfigurationListParams) => (o) =>
        matches(o.active, p.active) && matches(o.is_default, p.is_default),
    ],
  }),
  route(
    'POST',
    '/billing_portal/sessions',
    'BillingPortal.SessionCreateParams',
    portal.createPortalSession,
  ),
];

const clockRoutes: Route[] = [
  ...crud('test_helpers/test_clocks', 'test_helpers.test_clock', {
    create: ['TestHelpers.TestClockCreateParams', createClock],
    remove: [
      'TestHelpers.TestClockDeleteParams',
      (world, id) => deleteClock(world, id, (customer) => void deleteCustomer(world, customer)),
    ],
    retrieve: 'TestHelpers.TestClockRetrieveParams',
    list: ['TestHelpers.TestClockListParams', () => () => true],
  }),
  action(
    'test_helpers/test_clocks',
    'advance',
    'TestHelpers.TestClockAdvanceParams',
    (world, id, params: Stripe.TestHelpers.TestClockAdvanceParams) =>
      advanceClock(world, id, params, (clock, until) => void catchUp(world, clock, until)),
  ),
];

/** What Stripe Billing answers under /v1. */
export const billingRoutes: readonly Route[] = [
  ...methods,
  ...subscriptionRoutes,
  ...invoiceRoutes,
  ...moneyRoutes,
  ...portalRoutes,
  ...clockRoutes,
];
