import { sql } from 'drizzle-orm';
import { requestId } from '#lib/request-id.ts';
import type { Executor } from './client.ts';

/** Every job and what it carries: keys only, so that a job always works on what is true when it runs. */
export type Jobs = {
  /** Sends one mail; the template is rendered when it runs. */
  'mail.send': Mail;
  /** Re-reads a Checkout session from Stripe and brings its order in line. */
  'checkout.settle': { sessionId: string };
  /** Acts on a stored Stripe event. */
  'stripe.event': { eventId: string };
  /** Gives back the stock of an order that nobody paid. */
  'checkout.expire': { orderId: string };
  /** Asks Stripe for a refund that is on our books as pending. */
  'orders.refund': { refundId: string };
  /** Publishes what was scheduled for now. */
  'publishing.release': { kind: 'article' | 'issue'; id: string };
  /** Makes pages anew whose content changes by the clock alone. */
  'publishing.expire': { tags: string[] };
  /** Makes a picture's sizes in AVIF. */
  'media.avif': { pictureId: string };
  /** Removes a picture's bytes that its row names no more: the original under `storageKey`, and sizes of them. */
  'media.tidy': { pictureId: string; storageKey: string };
  /** Makes placeholders of pictures that have none. */
  'media.placeholders': Record<string, never>;
  /** Finds what webhooks missed. */
  'checkout.reconcile': Record<string, never>;
  /** Deletes what has had its time: ended sessions, used-up links, counters, what is known of expired pages. */
  'house.sweep': Record<string, never>;
};

export type Mail =
  | { kind: 'receipt'; orderId: string }
  | { kind: 'payment-failed'; orderId: string }
  | { kind: 'refund'; refundId: string }
  | { kind: 'assignment'; assignmentId: string }
  | { kind: 'mention' | 'answer'; commentId: string; userId: string }
  | { kind: 'sent-back'; articleId: string; userId: string }
  | { kind: 'invitation'; userId: string; invitedBy: string | null }
  | { kind: 'security'; userId: string; what: SecurityEvent }
  | { kind: 'alert'; alertKey: string; userId: string };

/** What happened to somebody's second factor; they are told, in case it wasn't them. */
export type SecurityEvent =
  | 'passkey-added'
  | 'passkey-removed'
  | 'app-added'
  | 'app-removed'
  | 'codes-renewed'
  | 'code-used'
  | 'factors-removed';

/** Where a job's payload says which request caused it; the worker takes it out before the job sees it. */
export const causedBy = '_request';

export type JobName = keyof Jobs;
export type JobPayload<K extends JobName> = Jobs[K];

/**
 * Puts a job into the queue within `executor`'s transaction, so that it exists exactly when the change does.
 * `key`: a job of that key that is still waiting is replaced instead of doubled. `runAt`: not before. `queue`: the jobs of
 * one are done one after the other.
 */
export async function addJob<K extends JobName>(
  executor: Executor,
  name: K,
  payload: JobPayload<K>,
  {
    key,
    runAt,
    queue,
    maxAttempts = 12,
  }: { key?: string; runAt?: Date; queue?: string; maxAttempts?: number } = {},
): Promise<void> {
  const cause = requestId();
  const carried = cause ? { ...payload, [causedBy]: cause } : payload;
  await executor.execute(sql`
    select graphile_worker.add_job(
      identifier => ${name},
      payload => ${JSON.stringify(carried)}::json,
      queue_name => ${queue ?? null}::text,
      run_at => ${runAt?.toISOString() ?? null}::timestamptz,
      max_attempts => ${maxAttempts}::int,
      job_key => ${key ?? null}::text
    )`);
}
