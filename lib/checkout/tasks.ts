import { db } from '#db/client.ts';
import type { JobName, JobPayload } from '#db/jobs.ts';
import { raiseAlert } from '#lib/audit/commands.ts';
import { sendMail } from '#lib/gateways/mail/send.ts';
import { stripeReady } from '#lib/gateways/stripe/client.ts';
import { mailFor } from '#lib/orders/outbox.ts';
import { endCheckout } from './end.ts';
import { handleEvent, reconcile, sendRefund } from './events.ts';
import { settleCheckout } from './settle.ts';

/** The part of the queue's helpers that a handler here looks at. */
export type TaskHelpers = { job: { id: string; attempts: number; max_attempts: number } };

type Handler<K extends JobName> = (payload: JobPayload<K>, helpers: TaskHelpers) => Promise<void>;

type CheckoutJob =
  | 'checkout.settle'
  | 'stripe.event'
  | 'checkout.expire'
  | 'orders.refund'
  | 'checkout.reconcile'
  | 'mail.send';

export type CheckoutTasks = { [K in CheckoutJob]: Handler<K> };

/**
 * The jobs of buying. Each may run any number of times. An error is thrown on, so that the queue tries again; when the
 * queue gives up, the office gets an alert.
 */
export const checkoutTasks: CheckoutTasks = {
  'checkout.settle': watched('checkout.settle', async ({ sessionId }) => {
    await settleCheckout(sessionId);
  }),
  'stripe.event': watched('stripe.event', ({ eventId }) => handleEvent(eventId)),
  'checkout.expire': watched('checkout.expire', ({ orderId }) => endCheckout(orderId)),
  'orders.refund': watched('orders.refund', ({ refundId }) => sendRefund(refundId)),
  'checkout.reconcile': watched('checkout.reconcile', async () => {
    if (stripeReady()) await reconcile();
  }),
  'mail.send': watched('mail.send', async (payload) => {
    const mail = await mailFor(payload);
    if (mail) await sendMail(mail);
  }),
};

function watched<K extends CheckoutJob>(
  name: K,
  work: (payload: JobPayload<K>) => Promise<void>,
): Handler<K> {
  return async (payload, { job }) => {
    try {
      await work(payload);
    } catch (error) {
      if (job.attempts >= job.max_attempts) await alertGivenUp(name, payload, job, error);
      throw error;
    }
  };
}

async function alertGivenUp(
  name: CheckoutJob,
  payload: unknown,
  job: TaskHelpers['job'],
  error: unknown,
): Promise<void> {
  const why = error instanceof Error ? error.message : String(error);
  await raiseAlert(db(), {
    kind: 'job.failed',
    level: 'urgent',
    message: `The job ${name} was given up after ${job.attempts} attempts: ${why}. It had to do ${JSON.stringify(payload)}.`,
    key: `job.failed:${job.id}`,
    subject: { kind: 'job', id: job.id },
  });
}
