import { emit } from '../objects/events.ts';
import { collect, methodFor } from '../objects/invoice-payments.ts';
import { finalizeAndCollect } from '../objects/invoice-states.ts';
import { subscriptionOf } from '../objects/invoices.ts';
import { drawer, fill, find, type World } from '../world.ts';
import { nextInvoiceStep, planInvoice } from './plan.ts';
import { changeStatus } from './standing.ts';

/** Does what an invoice meets now: it becomes final, is tried again, or is overdue. False where nothing is due. */
export function invoiceDue(world: World, id: string): boolean {
  const invoice = find(world, 'invoice', id);
  const next = invoice && nextInvoiceStep(world, invoice);
  if (!invoice || !next || next.at > world.now()) return false;
  switch (next.step) {
    case 'finalize':
      finalizeAndCollect(world, invoice);
      break;
    case 'collect':
      collect(world, invoice, methodFor(world, invoice));
      break;
    case 'overdue': {
      fill(world, 'invoice', id, { days: 0, ...drawer(world, 'invoice', id), overdueTold: true });
      emit(world, 'invoice.overdue', invoice);
      const subscription = subscriptionOf(world, invoice);
      if (subscription?.status === 'active') changeStatus(world, subscription, 'past_due');
    }
  }
  planInvoice(world, invoice);
  return true;
}
