import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid, notServed } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { all, fill, find, idOf, need, newId, put, type World } from '../world.ts';
import { needCustomer } from './customers.ts';
import { emit } from './events.ts';
import { HOUR } from './periods.ts';

type Configuration = Stripe.BillingPortal.Configuration;
type Features = Configuration['features'];
type Wanted = Partial<Stripe.BillingPortal.ConfigurationCreateParams['features']>;

/** What customers may do in the portal. The first one is the default. */
export function createConfiguration(
  world: World,
  params: Stripe.BillingPortal.ConfigurationCreateParams,
): Configuration {
  const made = put(world, 'billing_portal.configuration', {
    id: newId(world, 'bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: {
      headline: params.business_profile?.headline || null,
      privacy_policy_url: params.business_profile?.privacy_policy_url ?? null,
      terms_of_service_url: params.business_profile?.terms_of_service_url ?? null,
    },
    created: world.now(),
    default_return_url: params.default_return_url || null,
    features: featuresOf(world, nothing, params.features),
    is_default: all(world, 'billing_portal.configuration').length === 0,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: mergeMetadata(null, params.metadata),
    name: params.name || null,
    updated: world.now(),
  });
  emit(world, 'billing_portal.configuration.created', made);
  return made;
}

export function updateConfiguration(
  world: World,
  id: string,
  params: Stripe.BillingPortal.ConfigurationUpdateParams,
): Configuration {
  const found = need(world, 'billing_portal.configuration', id);
  return update(world, found, 'billing_portal.configuration.updated', params, () => {
    if (params.active !== undefined) found.active = params.active;
    if (params.default_return_url !== undefined) {
      found.default_return_url = params.default_return_url || null;
    }
    if (params.name !== undefined) found.name = params.name || null;
    const profile = params.business_profile;
    if (profile?.headline !== undefined) found.business_profile.headline = profile.headline || null;
    if (params.features)
      found.features = featuresOf(world, found.features, params.features as Wanted);
    found.updated = world.now();
  });
}

/** A customer's way into the portal, for a few minutes at first and then as long as they are at it (an hour here). */
export function createPortalSession(
  world: World,
  params: Stripe.BillingPortal.SessionCreateParams,
): Stripe.BillingPortal.Session {
  const customer = needCustomer(world, params.customer ?? '', 'customer');
  const configuration =
    params.configuration === undefined
      ? all(world, 'billing_portal.configuration').find((one) => one.is_default)
      : need(world, 'billing_portal.configuration', params.configuration, 'configuration');
  if (!configuration?.active) {
    throw invalid(
      "You can't create a portal session in test mode until you save your customer portal settings: create a configuration first.",
      'configuration',
    );
  }
  const id = newId(world, 'bps');
  const session = put(world, 'billing_portal.session', {
    id,
    object: 'billing_portal.session',
    configuration: configuration.id,
    created: world.now(),
    customer: customer.id,
    customer_account: null,
    flow: params.flow_data ? flowOf(world, customer.id, params.flow_data) : null,
    livemode: false,
    locale: params.locale ?? null,
    on_behalf_of: null,
    return_url: params.return_url ?? configuration.default_return_url,
    url: `${world.publicOrigin}/p/session/${id}`,
  });
  fill(world, 'portal', id, { until: world.wall() + HOUR });
  emit(world, 'billing_portal.session.created', session);
  return session;
}

function flowOf(
  world: World,
  customer: string,
  given: Stripe.BillingPortal.SessionCreateParams.FlowData,
): Stripe.BillingPortal.Session.Flow {
  const served = ['payment_method_update', 'subscription_cancel'];
  if (!served.includes(given.type)) throw notServed(`the flow ${given.type}`, 'flow_data[type]');
  const cancels = given.subscription_cancel?.subscription;
  if (given.type === 'subscription_cancel') {
    const found = cancels === undefined ? null : find(world, 'subscription', cancels);
    if (!found || idOf(found.customer) !== customer) {
      throw invalid(
        'The subscription must be the customer’s.',
        'flow_data[subscription_cancel][subscription]',
      );
    }
  }
  const after = given.after_completion;
  return {
    after_completion: {
      hosted_confirmation: after?.hosted_confirmation
        ? { custom_message: after.hosted_confirmation.custom_message ?? null }
        : null,
      redirect: after?.redirect ? { return_url: after.redirect.return_url } : null,
      type: after?.type ?? 'portal_homepage',
    },
    customer_update: null,
    subscription_cancel: cancels === undefined ? null : { retention: null, subscription: cancels },
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type: given.type,
  };
}

function featuresOf(world: World, before: Features, wanted: Wanted): Features {
  const cancel = wanted.subscription_cancel;
  const credits = cancel?.proration_behavior ?? 'none';
  if (credits === 'always_invoice' || (credits !== 'none' && cancel?.mode !== 'immediately')) {
    throw invalid(
      'proration_behavior is none, or create_prorations with mode immediately.',
      'features[subscription_cancel][proration_behavior]',
    );
  }
  const change = wanted.subscription_update;
  const products = change?.products || undefined;
  products?.forEach(({ prices }, index) => {
    prices.forEach((price, at) => {
      need(
        world,
        'price',
        price,
        `features[subscription_update][products][${index}][prices][${at}]`,
      );
    });
  });
  const old = before.subscription_update;
  return {
    customer_update: wanted.customer_update
      ? {
          allowed_updates: wanted.customer_update.allowed_updates || [],
          enabled: wanted.customer_update.enabled ?? before.customer_update.enabled,
        }
      : before.customer_update,
    invoice_history: wanted.invoice_history ?? before.invoice_history,
    payment_method_update: {
      enabled: wanted.payment_method_update?.enabled ?? before.payment_method_update.enabled,
      payment_method_configuration: null,
    },
    subscription_cancel: {
      cancellation_reason: {
        enabled:
          cancel?.cancellation_reason?.enabled ??
          before.subscription_cancel.cancellation_reason.enabled,
        feedback_options: null,
        options:
          cancel?.cancellation_reason?.options ||
          before.subscription_cancel.cancellation_reason.options,
      },
      enabled: cancel?.enabled ?? before.subscription_cancel.enabled,
      mode: cancel?.mode ?? before.subscription_cancel.mode,
      proration_behavior:
        cancel?.proration_behavior ?? before.subscription_cancel.proration_behavior,
    },
    subscription_pause: before.subscription_pause,
    subscription_update: {
      ...old,
      default_allowed_updates: change?.default_allowed_updates || old.default_allowed_updates,
      enabled: change?.enabled ?? old.enabled,
      products: products
        ? products.map(({ product, prices }) => ({ adjustable_quantity: fixed, prices, product }))
        : (old.products ?? null),
      proration_behavior: change?.proration_behavior ?? old.proration_behavior,
    },
  };
}

const fixed = { enabled: false, maximum: null, minimum: 1 };

const nothing: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: {
      enabled: false,
      feedback_options: null,
      options: ['too_expensive', 'missing_features', 'switched_service', 'unused', 'other'],
    },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    products: null,
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'continue_trial',
  },
};
