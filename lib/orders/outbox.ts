import type { Mail } from '#db/jobs.ts';
import { alertMailFor } from '#lib/audit/outbox.ts';
import { env } from '#lib/env.ts';
import type { OutgoingMail } from '#lib/gateways/mail/send.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { invitationFor, securityNoticeFor } from '#lib/users/outbox.ts';
import { workflowMail } from '#lib/workflow/mails.ts';
import { paymentFailedMail, receiptMail, refundMail } from './mails.ts';
import { type OrderDetail, orderForMail, refundedOrder } from './queries.ts';

/** Writes a mail as things stand now; `null` where its order is gone or has no address to write to. */
export async function mailFor(mail: Mail): Promise<OutgoingMail | null> {
  switch (mail.kind) {
    case 'receipt':
      return withContext(await orderForMail(mail.orderId), receiptMail);
    case 'payment-failed':
      return withContext(await orderForMail(mail.orderId), paymentFailedMail);
    case 'refund': {
      const refund = await refundedOrder(mail.refundId);
      return withContext(refund?.order ?? null, (context) =>
        refundMail(context, refund?.amount ?? 0),
      );
    }
    case 'assignment':
    case 'mention':
    case 'answer':
    case 'sent-back':
      return workflowMail(mail);
    case 'invitation':
      return invitationFor(mail);
    case 'security':
      return securityNoticeFor(mail);
    case 'alert':
      return alertMailFor(mail);
  }
}

async function withContext(
  order: OrderDetail | null,
  write: (context: Parameters<typeof receiptMail>[0]) => OutgoingMail,
): Promise<OutgoingMail | null> {
  if (!order?.email) return null;
  const { name } = await findPublication();
  return write({ publication: name, siteUrl: env().siteUrl, order, to: order.email });
}
