import type Stripe from 'stripe';
import { cancelSubscription } from '../billing/end.ts';
import { periodEnd } from '../billing/plan.ts';
import { hasEnded } from '../billing/standing.ts';
import { updateSubscription } from '../billing/update.ts';
import { html } from './html.ts';
import { unknownPage } from './other-pages.ts';
import { type Desk, finished, namesOf, portalPage } from './portal-desk.ts';
import { dayText } from './renewal-text.ts';
import type { Visit } from './visit.ts';

/** Ends a subscription, with its period or at once as the configuration says, and asks why. */
export function cancelPage(desk: Desk, subscription: Stripe.Subscription, visit: Visit): Response {
  const { enabled, mode } = desk.configuration.features.subscription_cancel;
  if (!enabled || hasEnded(subscription) || subscription.cancel_at !== null) return unknownPage();
  if (visit.method === 'POST') {
    end(desk, subscription, visit);
    return finished(desk);
  }
  const when = mode === 'immediately' ? 'at once' : `on ${dayText(periodEnd(subscription))}`;
  return portalPage(
    desk,
    200,
    'Cancel subscription',
    html`<p>${namesOf(desk.world, subscription)} ends ${when}.</p>
<form method="post" action="${desk.base}/cancel/${subscription.id}">${reasons(desk)}
<button class="main" name="action" value="cancel">Cancel subscription</button></form>`,
  );
}

function end(desk: Desk, subscription: Stripe.Subscription, { form }: Visit): void {
  const { cancellation_reason, mode, proration_behavior } =
    desk.configuration.features.subscription_cancel;
  const asked = cancellation_reason.enabled;
  const feedback = cancellation_reason.options.find((option) => option === form.feedback);
  const comment = form.comment?.trim();
  const cancellation_details = {
    ...(asked && feedback ? { feedback } : {}),
    ...(asked && comment ? { comment } : {}),
  } as Stripe.SubscriptionUpdateParams.CancellationDetails;
  if (mode === 'immediately') {
    cancelSubscription(desk.world, subscription.id, {
      cancellation_details:
        cancellation_details as Stripe.SubscriptionCancelParams.CancellationDetails,
      prorate: proration_behavior !== 'none',
    });
    return;
  }
  // With `billing_mode: flexible` the portal sets the time, and leaves `cancel_at_period_end` as it is.
  updateSubscription(desk.world, subscription.id, {
    cancel_at: 'max_period_end',
    cancellation_details,
  });
}

function reasons(desk: Desk) {
  const { enabled, options } = desk.configuration.features.subscription_cancel.cancellation_reason;
  if (!enabled) return null;
  const choices = options.map(
    (option) =>
      html`<label class="choice"><input type="radio" name="feedback" value="${option}"> <span>${said[option] ?? option}</span></label>`,
  );
  return html`<fieldset><legend>Why? (optional)</legend>${choices}
<div class="field"><label for="comment">In your own words</label><input id="comment" name="comment" autocomplete="off"></div></fieldset>`;
}

const said: Readonly<Record<string, string>> = {
  customer_service: 'Customer service was less than expected',
  low_quality: 'Quality was less than expected',
  missing_features: 'Some features are missing',
  other: 'Another reason',
  switched_service: 'I am switching to a different service',
  too_complex: 'It is too complex',
  too_expensive: 'It is too expensive',
  unused: 'I don’t use it enough',
};
