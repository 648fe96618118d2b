import type Stripe from 'stripe';
import { choose, complaintsOf, openSession, pay, sendToBank, successUrl } from '../checkout.ts';
import { wantsMethod } from '../objects/session-amounts.ts';
import { expireSession } from '../objects/sessions.ts';
import type { Outcome } from '../objects/test-methods.ts';
import { backstageOf, find, type World } from '../world.ts';
import { checkoutForm } from './checkout-form.ts';
import type { FormState } from './fields.ts';
import { choicesOf, type Form, filledIn, readPayment } from './form-input.ts';
import { page } from './layout.ts';
import { amountText } from './money.ts';
import { authenticationPage, notAllowed, overPage, redirect, unknownPage } from './other-pages.ts';
import type { Visit } from './visit.ts';

type Session = Stripe.Checkout.Session;

/** Answers Checkout: `/c/pay/:id` and, at the bank, `/c/pay/:id/authenticate`. */
export function answerCheckout(world: World, id: string, visit: Visit): Response {
  const { method, form, query, atBank } = visit;
  if (!find(world, 'checkout.session', id)) return unknownPage();
  const session = openSession(world, id);
  if (!session) return overPage(world, id);
  if (method === 'GET') {
    return atBank ? authenticationPage(world, session) : shown(world, session, query);
  }
  if (method !== 'POST') return notAllowed();
  return atBank ? authenticate(world, session, form) : submit(world, session, form);
}

function shown(world: World, session: Session, query: URLSearchParams): Response {
  const typed = backstageOf(world, session.id).typed ?? {};
  const intent = find(world, 'payment_intent', String(session.payment_intent));
  const error = query.has('failed') ? intent?.last_payment_error?.message : undefined;
  const notice = error ? nothingCharged(error) : null;
  return formPage(world, session, 200, { typed, complaints: {}, notice });
}

function submit(world: World, session: Session, form: Form): Response {
  const before = session.amount_total;
  if (form.action === 'expire') {
    expireSession(world, session.id);
    return overPage(world, session.id);
  }
  const choices = choicesOf(form);
  const chosen = choose(world, session, choices);
  const filled = filledIn(form);
  if (filled || form.action === 'update') {
    const state = { typed: filled ?? form, complaints: chosen, notice: null };
    return formPage(world, session, Object.keys(chosen).length ? 422 : 200, state);
  }
  if (form.action !== 'pay') {
    return formPage(world, session, 422, {
      typed: form,
      complaints: {},
      notice: 'Unknown button.',
    });
  }
  const free = !wantsMethod(session);
  const payment = free ? freePayment : readPayment(form, world.now());
  const wrong = 'complaints' in payment ? payment.complaints : {};
  const complaints = { ...chosen, ...complaintsOf(world, session, choices), ...wrong };
  if (Object.keys(complaints).length || 'complaints' in payment) {
    return formPage(world, session, 422, { typed: form, complaints, notice: null });
  }
  if (totalChanged(session, form, before)) {
    const total = amountText(session.amount_total ?? 0, session.currency ?? '');
    const notice = `The total is now ${total}. Press again to go on.`;
    return formPage(world, session, 200, { typed: form, complaints: {}, notice });
  }
  if (!payment.authenticates) return finish(world, session, form, payment.outcome);
  sendToBank(world, session, choices, payment.outcome);
  backstageOf(world, session.id).typed = form;
  return redirect(`/c/pay/${session.id}/authenticate`);
}

const freePayment = { outcome: 'succeeds', authenticates: false } as const;

function authenticate(world: World, session: Session, form: Form): Response {
  const typed = backstageOf(world, session.id).typed;
  const payment = typed && readPayment(typed, world.now());
  if (!payment || 'complaints' in payment) return redirect(`/c/pay/${session.id}`);
  const outcome = form.action === 'complete' ? payment.outcome : 'not_authenticated';
  const response = finish(world, session, typed, outcome);
  return response.status === 303 ? response : redirect(`/c/pay/${session.id}?failed`);
}

function finish(world: World, session: Session, form: Form, outcome: Outcome): Response {
  const result = pay(world, session, choicesOf(form), outcome);
  switch (result.kind) {
    case 'paid':
      backstageOf(world, session.id).typed = null;
      return redirect(successUrl(session));
    case 'declined': {
      const notice = nothingCharged(result.message);
      return formPage(world, session, 402, { typed: form, complaints: {}, notice });
    }
    case 'refused': {
      const { complaints } = result;
      return formPage(world, session, 422, { typed: form, complaints, notice: null });
    }
  }
}

/** Nobody pays another total than the one on the page: a new choice of postage or country shows it first. */
function totalChanged(session: Session, form: Form, before: number | null): boolean {
  const shownTotal = form.shown_total === undefined ? before : Number(form.shown_total);
  return session.amount_total !== shownTotal;
}

function nothingCharged(message: string): string {
  return `${message} Nothing was charged.`;
}

function formPage(world: World, session: Session, status: number, state: FormState): Response {
  const wrong = Object.keys(state.complaints).length > 0 || state.notice !== null;
  const title = wrong ? 'Please check: Checkout' : 'Checkout';
  return page(status, title, checkoutForm(world, session, state));
}
