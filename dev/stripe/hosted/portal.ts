import type Stripe from 'stripe';
import { drawer, find, findCustomer, need, type World } from '../world.ts';
import { notAllowed, redirect, unknownPage } from './other-pages.ts';
import { cancelPage } from './portal-cancel.ts';
import { cardPage } from './portal-card.ts';
import type { Desk } from './portal-desk.ts';
import { detailsPage } from './portal-details.ts';
import { homePage, resume } from './portal-home.ts';
import { planPage } from './portal-plan.ts';
import type { Visit } from './visit.ts';

/**
 * Answers the Billing portal of one session: `/p/session/:id` and, below it, `/cancel/:subscription`,
 * `/plan/:subscription`, `/card` and `/details`. What the configuration doesn't allow is not found.
 */
export function answerPortal(world: World, id: string, rest: string, visit: Visit): Response {
  const desk = deskOf(world, id);
  if (!desk) return unknownPage();
  if (visit.method !== 'GET' && visit.method !== 'POST') return notAllowed();
  const [, area = '', subject = '', more] = rest.split('/');
  if (more !== undefined) return unknownPage();
  const subscription = subject === '' ? null : ownSubscription(desk, subject);
  switch (area) {
    case '':
      return home(desk, visit);
    case 'cancel':
      return subscription ? cancelPage(desk, subscription, visit) : unknownPage();
    case 'plan':
      return subscription ? planPage(desk, subscription, visit) : unknownPage();
    case 'card':
      return subject === '' ? cardPage(desk, visit) : unknownPage();
    case 'details':
      return subject === '' ? detailsPage(desk, visit) : unknownPage();
    default:
      return unknownPage();
  }
}

/** A session that was made for one thing leads to it; once that is done, to the portal's first page. */
function home(desk: Desk, visit: Visit): Response {
  if (visit.method === 'POST') return resume(desk, visit.form);
  const { flow } = desk.session;
  if (flow && !visit.query.has('done')) {
    const cancels = flow.subscription_cancel?.subscription;
    return redirect(cancels === undefined ? `${desk.base}/card` : `${desk.base}/cancel/${cancels}`);
  }
  return homePage(desk);
}

function deskOf(world: World, id: string): Desk | null {
  const session = find(world, 'billing_portal.session', id);
  const until = drawer(world, 'portal', id)?.until ?? 0;
  if (!session || until < world.wall()) return null;
  const customer = findCustomer(world, session.customer);
  if (!customer) return null;
  const configuration = need(world, 'billing_portal.configuration', String(session.configuration));
  return { world, session, customer, configuration, base: `/p/session/${id}` };
}

function ownSubscription(desk: Desk, id: string): Stripe.Subscription | null {
  const found = find(desk.world, 'subscription', id);
  return found && found.customer === desk.customer.id ? found : null;
}
