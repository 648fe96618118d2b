import { customerTime } from '../test-time.ts';
import { fallDue } from '../time.ts';
import { atMoment, find, idOf, type World } from '../world.ts';
import { answerInvoice } from './invoice-page.ts';
import { receiptPage } from './other-pages.ts';
import { answerCheckout } from './pages.ts';
import { answerPortal } from './portal.ts';

/**
 * Answers the hosted pages: `/c/pay/:session` (Checkout), `/i/:invoice`, `/p/session/:id` (the Billing portal) and
 * `/receipts/:charge`. Null for other addresses. Forms answer 303 where they lead on, 422 where something is missing,
 * 402 for a declined card.
 */
export async function answerHosted(
  world: World,
  request: Request,
  save: () => void,
): Promise<Response | null> {
  const { pathname, searchParams: query } = new URL(request.url);
  const [, area = '', id = '', rest = ''] =
    /^\/(receipts|c\/pay|i|p\/session)\/([^/]+)((?:\/[^/]+)*)$/.exec(pathname) ?? [];
  if (area === '') return null;
  const { method } = request;
  const body = method === 'POST' ? await request.text() : '';
  // From here on nothing waits: a call of the API that is refused may undo what happens meanwhile.
  const form = Object.fromEntries(new URLSearchParams(body));
  fallDue(world);
  const visit = { method, form, query, atBank: rest === '/authenticate' };
  const answer = atMoment(world, customerTime(world, ownerOf(world, area, id)), () => {
    if (area === 'receipts' && rest === '') return receiptPage(world, id);
    if (area === 'c/pay' && (rest === '' || visit.atBank)) return answerCheckout(world, id, visit);
    if (area === 'i') return answerInvoice(world, id, visit);
    return area === 'p/session' ? answerPortal(world, id, rest, visit) : null;
  });
  if (answer && method === 'POST') save();
  return answer;
}

/** The customer whose page it is, whose clock it goes by. */
function ownerOf(world: World, area: string, id: string): string | null {
  switch (area) {
    case 'c/pay':
      return idOf(find(world, 'checkout.session', id)?.customer);
    case 'i':
      return idOf(find(world, 'invoice', id)?.customer);
    case 'p/session':
      return find(world, 'billing_portal.session', id)?.customer ?? null;
    default:
      return null;
  }
}
