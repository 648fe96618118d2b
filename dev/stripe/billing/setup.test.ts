import { expect, it } from 'vitest';
import { buyer } from '../fixtures.ts';
import { shop } from './billing.fixture.ts';

it('a card can be stored by itself, in setup mode', async () => {
  const made = await shop();
  const customer = await made.stripe.customers.create({ email: 'ada@example.org' });
  const { id } = await made.stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'eur',
    customer: customer.id,
    success_url: 'https://magazine.test/account',
  });
  const { session } = await made.standIn.control.pay(id, buyer);
  expect(session).toMatchObject({ status: 'complete', payment_status: 'no_payment_required' });
  const setup = await made.stripe.setupIntents.retrieve(String(session.setup_intent));
  const methods = await made.stripe.paymentMethods.list({ customer: customer.id });
  expect(methods.data.map((method) => method.id)).toEqual([setup.payment_method]);
});
