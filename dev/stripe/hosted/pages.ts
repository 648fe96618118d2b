import type Stripe from 'stripe';
import { type Choices, choose, complaintsOf, openSession, pay, successUrl } from '../checkout.ts';
import type { Outcome } from '../objects/payments.ts';
import { expireSession } from '../objects/sessions.ts';
import { backstageOf, find, type World } from '../world.ts';
import { checkoutForm, type FormState } from './checkout-form.ts';
import { html } from './html.ts';
import { page } from './layout.ts';
import { amountText } from './money.ts';
import { authenticationPage, overPage, receiptPage, unknownPage } from './other-pages.ts';

type Session = Stripe.Checkout.Session;

/**
 * Answers the hosted pages: `/c/pay/:id`, `/c/pay/:id/authenticate`, `/receipts/:charge`. Null for other addresses.
 * Forms answer 303 where they lead on, 422 where something is missing, 402 for a declined card.
 */
export async function answerHosted(
  world: World,
  request: Request,
  save: () => void,
): Promise<Response | null> {
  const { pathname, searchParams } = new URL(request.url);
  const receipt = /^\/receipts\/([^/]+)$/.exec(pathname)?.[1];
  if (receipt !== undefined) return receiptPage(world, receipt);
  const match = /^\/c\/pay\/([^/]+)(\/authenticate)?$/.exec(pathname);
  if (!match) return null;
  if (!find(world, 'checkout.session', match[1] ?? '')) return unknownPage();
  const session = openSession(world, match[1] ?? '');
  if (!session) return overPage(world, match[1] ?? '');
  if (request.method === 'GET') {
    return match[2] ? authenticationPage(world, session) : shown(world, session, searchParams);
  }
  if (request.method !== 'POST') return page(405, 'Not allowed', html`<h1>Not allowed</h1>`);
  const form = Object.fromEntries(new URLSearchParams(await request.text()));
  const answer = match[2] ? authenticate(world, session, form) : submit(world, session, form);
  save();
  return answer;
}

function shown(world: World, session: Session, query: URLSearchParams): Response {
  const typed = backstageOf(world, session.id).typed ?? {};
  const failed = query.has('not_authenticated');
  const notice = failed ? 'The bank did not confirm the payment. Nothing was charged.' : null;
  return formPage(world, session, 200, { typed, complaints: {}, notice });
}

function submit(world: World, session: Session, form: Record<string, string>): Response {
  const before = session.amount_total;
  const choices = choicesOf(form);
  const { action } = form;
  if (action === 'expire') {
    expireSession(world, session.id);
    return overPage(world, session.id);
  }
  const chosen = choose(world, session, choices);
  if (action === 'update')
    return formPage(world, session, statusOf(chosen), {
      typed: form,
      complaints: chosen,
      notice: null,
    });
  const outcome = outcomeOf(action);
  if (!outcome)
    return formPage(world, session, 422, {
      typed: form,
      complaints: {},
      notice: 'Unknown button.',
    });
  const complaints = { ...chosen, ...complaintsOf(session, choices) };
  if (Object.keys(complaints).length) {
    return formPage(world, session, 422, { typed: form, complaints, notice: null });
  }
  if (totalChanged(session, form, before)) {
    const notice = `The total is now ${amountText(session.amount_total ?? 0, session.currency ?? '')}. Press again to go on.`;
    return formPage(world, session, 200, { typed: form, complaints: {}, notice });
  }
  if (outcome === 'three_d_secure' && (session.amount_total ?? 0) > 0) {
    backstageOf(world, session.id).typed = form;
    return redirect(`/c/pay/${session.id}/authenticate`);
  }
  return finish(world, session, form, outcome);
}

function authenticate(world: World, session: Session, form: Record<string, string>): Response {
  const typed = backstageOf(world, session.id).typed;
  if (!typed) return redirect(`/c/pay/${session.id}`);
  if (form.action === 'complete') return finish(world, session, typed, 'three_d_secure');
  pay(world, session, choicesOf(typed), 'declined');
  return redirect(`/c/pay/${session.id}?not_authenticated`);
}

function finish(
  world: World,
  session: Session,
  form: Record<string, string>,
  outcome: Outcome,
): Response {
  const result = pay(world, session, choicesOf(form), outcome);
  switch (result.kind) {
    case 'paid':
      backstageOf(world, session.id).typed = null;
      return redirect(successUrl(session));
    case 'declined':
      return formPage(world, session, 402, {
        typed: form,
        complaints: {},
        notice: 'Your card was declined. Nothing was charged.',
      });
    case 'refused':
      return formPage(world, session, 422, {
        typed: form,
        complaints: result.complaints,
        notice: null,
      });
  }
}

function choicesOf(form: Record<string, string>): Choices {
  const quantity: Record<string, number> = {};
  for (const [name, value] of Object.entries(form)) {
    if (name.startsWith('quantity_')) quantity[name.slice('quantity_'.length)] = wholeNumber(value);
  }
  const address = {
    line1: form.line1 ?? null,
    line2: form.line2 ?? null,
    city: form.city ?? null,
    state: form.state ?? null,
    postal_code: form.postal_code ?? null,
    country: form.country ?? null,
  };
  return {
    email: form.email ?? '',
    ...(form.name === undefined ? {} : { name: form.name }),
    ...(form.country === undefined ? {} : { address }),
    ...(form.shipping_rate === undefined ? {} : { shippingRate: form.shipping_rate }),
    ...(form.promotion_code === undefined ? {} : { promotionCode: form.promotion_code }),
    quantity,
  };
}

function wholeNumber(text: string): number {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function outcomeOf(action: string | undefined): Outcome | null {
  switch (action) {
    case 'pay':
      return 'succeeds';
    case 'declined':
    case 'three_d_secure':
    case 'delayed_succeeds':
    case 'delayed_fails':
      return action;
    default:
      return null;
  }
}

/** Nobody pays another total than the one on the page: a new choice of postage or country shows it first. */
function totalChanged(
  session: Session,
  form: Record<string, string>,
  before: number | null,
): boolean {
  const shownTotal = form.shown_total === undefined ? before : Number(form.shown_total);
  return session.amount_total !== shownTotal;
}

function formPage(world: World, session: Session, status: number, state: FormState): Response {
  const wrong = Object.keys(state.complaints).length > 0 || state.notice !== null;
  return page(
    status,
    wrong ? 'Please check: Checkout' : 'Checkout',
    checkoutForm(world, session, state),
  );
}

function statusOf(complaints: Record<string, string>): number {
  return Object.keys(complaints).length ? 422 : 200;
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
