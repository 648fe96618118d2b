import { count } from 'drizzle-orm';
import { Logger, runOnce, type TaskList } from 'graphile-worker';
import { afterEach, beforeEach } from 'vitest';
import { aPostageZone, aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPublication } from '#db/builders/users.ts';
import { db, pool } from '#db/client.ts';
import type { entitlements, shipments } from '#db/schema/entitlements.ts';
import { orders } from '#db/schema/orders.ts';
import { useDatabase } from '#db/testing.ts';
import { createStandIn, type StandIn } from '#dev/stripe/stand-in.ts';
import { clock, setClock } from '#lib/clock.ts';
import { type OutgoingMail, setMailTransport } from '#lib/gateways/mail/send.ts';
import { setStripeFetch } from '#lib/gateways/stripe/client.ts';
import { newBrowserKey } from './browser.ts';
import { receiveWebhook } from './events.ts';
import { type StartInput, startCheckout } from './start.ts';
import { checkoutTasks } from './tasks.ts';

export const webhookSecret = 'whsec_test';

type PayInput = Parameters<StandIn['control']['pay']>[1];

/** A German buyer with a card that works. */
export const buyer = {
  email: 'Buyer@Example.org',
  name: 'Ada Reader',
  address: { line1: '1 Quire Lane', city: 'Berlin', postal_code: '10115', country: 'DE' },
  outcome: 'succeeds',
} as const satisfies PayInput;

/** One shop for a test: an issue on sale, Stripe's stand-in with a clock that stands still, a list of the mails sent. */
export type Shop = {
  issue: { id: string; slug: string };
  print: string;
  digital: string;
  standIn: StandIn;
  mails: OutgoingMail[];
  browserKey: string;
  /** What our endpoint believes. */
  secrets: string[];
  /** What the endpoint answered, in order. */
  answers: number[];
  start: (input?: Partial<StartInput>) => ReturnType<typeof startCheckout>;
  /** Starts a purchase that must succeed, and answers its session. */
  open: (input?: Partial<StartInput>) => Promise<string>;
  /** Starts and pays. */
  buy: (input?: Partial<StartInput>, pay?: Partial<PayInput>) => Promise<string>;
  /** Sends the webhooks that are due, then runs the jobs that are due. */
  deliver: () => Promise<void>;
  work: () => Promise<void>;
  /** Moves the time of everybody on. */
  advance: (seconds: number) => void;
};

/** Sets up a shop before each test of the file. */
export function useShop(options: { stock?: number } = {}): Shop {
  useDatabase();
  const shop = {} as Shop;
  beforeEach(async () => {
    // Far ahead of the machine's time, which the queue goes by: a job for later doesn't run by chance.
    let time = Date.parse('2040-11-05T10:00:00Z');
    setClock(() => new Date(time));
    const standIn = createStandIn({
      clock,
      webhook: {
        url: 'http://localhost:3000/api/webhooks/stripe',
        secrets: [webhookSecret],
      },
      publicOrigin: 'http://localhost:4242',
      deliver: async (request) => {
        const answer = await receiveWebhook(
          await request.text(),
          request.headers.get('stripe-signature'),
          shop.secrets,
        );
        shop.answers.push(answer.status);
        return new Response(answer.why, { status: answer.status });
      },
    });
    setStripeFetch(standIn.fetch);
    setMailTransport(async (mail) => void shop.mails.push(mail));
    await aPublication();
    await aPostageZone();
    const issue = await anIssue();
    const print = await aProduct({ issueId: issue.id, stock: options.stock ?? 100 });
    const digital = await aProduct({ issueId: issue.id, edition: 'digital' });
    Object.assign(shop, {
      issue,
      print: print.id,
      digital: digital.id,
      standIn,
      mails: [],
      answers: [],
      secrets: [webhookSecret],
      browserKey: newBrowserKey(),
      advance: (seconds: number) => {
        time += seconds * 1000;
      },
      ...actions(shop),
    });
  });
  afterEach(() => {
    setClock(null);
    setStripeFetch(null);
    setMailTransport(null);
  });
  return shop;
}

/** Jobs that fail on purpose would fill the report. */
const silent = new Logger(() => () => {});

function actions(shop: Shop): Pick<Shop, 'start' | 'open' | 'buy' | 'deliver' | 'work'> {
  const start: Shop['start'] = (input = {}) =>
    startCheckout({
      issueSlug: shop.issue.slug,
      edition: 'print',
      quantity: 1,
      country: input.edition === 'digital' ? null : 'DE',
      currency: 'EUR',
      again: false,
      from: null,
      browserKey: shop.browserKey,
      address: '192.0.2.1',
      ...input,
    });
  const open: Shop['open'] = async (input) => {
    const started = await start(input);
    if (!started.ok) throw new Error(`The purchase did not begin: ${started.reason}`);
    return sessionOf(started.value.url);
  };
  const work = async () => {
    await runOnce({
      pgPool: pool(),
      noHandleSignals: true,
      logger: silent,
      taskList: checkoutTasks as unknown as TaskList,
    });
  };
  return {
    start,
    open,
    work,
    buy: async (input, pay = {}) => {
      const sessionId = await open(input);
      const { address, ...rest } = buyer;
      const posted = (input?.edition ?? 'print') === 'print';
      await shop.standIn.control.pay(sessionId, {
        ...rest,
        ...(posted ? { address } : {}),
        ...pay,
      });
      return sessionId;
    },
    deliver: async () => {
      await shop.standIn.control.deliverDue();
      await work();
    },
  };
}

export function sessionOf(url: string): string {
  const match = /(cs_[A-Za-z0-9_]+)/.exec(url);
  if (!match?.[1]) throw new Error(`No session in ${url}`);
  return match[1];
}

/** The one order that there is. */
export async function theOrder() {
  const [order] = await db().select().from(orders);
  if (!order) throw new Error('There is no order');
  return order;
}

/** How many rows a table has. */
export async function total(table: typeof entitlements | typeof shipments): Promise<number> {
  const [row] = await db().select({ total: count() }).from(table);
  return row?.total ?? 0;
}
