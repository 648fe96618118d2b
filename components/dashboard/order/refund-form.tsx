'use client';

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import {
  ActionForm,
  type FormAction,
  type FormAnswer,
} from '#components/dashboard/action-form.tsx';
import { type Currency, formatMoney, parseMinorUnits } from '#lib/money.ts';

type Order = {
  id: string;
  number: number;
  currency: Currency;
  total: number;
  refunded: number;
  /** How many refunds there are, failed ones counted. */
  refunds: number;
  held: boolean;
};

/** What was asked for in the first step, and how many refunds there were then: with more, the command refuses it. */
type Asked = { amount: number; reason: string; left: number; seenRefunds: number };

/** Gives money back in two steps: what and why, then a look at what that means. */
export function RefundForm({ order, giveBack }: { order: Order; giveBack: FormAction }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [message, setMessage] = useState('');
  const send = async (before: FormAnswer | null, form: FormData) => {
    const answer = await giveBack(before, form);
    if (!answer.ok) return answer;
    setMessage(answer.message);
    setAsked(null);
    return answer;
  };
  return (
    <>
      <p role="status" className={message ? 'mb-3 font-semibold' : 'sr-only'}>
        {message}
      </p>
      {asked ? (
        <Confirm order={order} asked={asked} send={send} back={() => setAsked(null)} />
      ) : order.total > order.refunded ? (
        <Ask
          order={order}
          ask={(what) => {
            setMessage('');
            setAsked({
              ...what,
              left: order.total - order.refunded,
              seenRefunds: order.refunds,
            });
          }}
        />
      ) : (
        <p className="text-muted">Nothing is left to give back.</p>
      )}
    </>
  );
}

function Ask({
  order,
  ask,
}: {
  order: Order;
  ask: (what: { amount: number; reason: string }) => void;
}) {
  const [error, setError] = useState('');
  const [how, setHow] = useState<'full' | 'sum'>('full');
  const left = order.total - order.refunded;
  const money = formatMoney({ amount: left, currency: order.currency });
  const next = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const amount = how === 'full' ? left : parseMinorUnits(String(form.get('amount')));
    if (amount === null || amount < 1 || amount > left) {
      return setError(`Write an amount up to ${money}, as in 14.00.`);
    }
    ask({ amount, reason: String(form.get('reason')) });
  };
  return (
    <form onSubmit={next} noValidate aria-label="Give money back" className="max-w-xl space-y-3">
      <fieldset>
        <legend className="text-[0.9rem] font-semibold">How much</legend>
        <Radio checked={how === 'full'} choose={() => setHow('full')}>
          All that is left, {money}
        </Radio>
        <Radio checked={how === 'sum'} choose={() => setHow('sum')}>
          A part of it
        </Radio>
      </fieldset>
      <div>
        <label htmlFor="amount" className="block text-[0.9rem] font-semibold">
          The part, in {order.currency}
        </label>
        <input
          id="amount"
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          className="field mt-1 max-w-40"
          onChange={() => setHow('sum')}
          aria-invalid={error ? true : undefined}
          aria-describedby="amount-error"
        />
        <p id="amount-error" role="alert" className="mt-1 text-[0.9rem] text-accent">
          {error}
        </p>
      </div>
      <div>
        <label htmlFor="reason" className="block text-[0.9rem] font-semibold">
          Reason
        </label>
        <textarea
          id="reason"
          name="reason"
          rows={2}
          maxLength={500}
          className="field mt-1"
          aria-describedby="reason-hint"
        />
        <p id="reason-hint" className="mt-1 text-[0.85rem] text-muted">
          For the office; it stands in the order’s history.
        </p>
      </div>
      <button type="submit" className="button button-quiet">
        Go on
      </button>
    </form>
  );
}

function Radio({
  checked,
  choose,
  children,
}: {
  checked: boolean;
  choose: () => void;
  children: ReactNode;
}) {
  return (
    <label className="flex min-h-9 items-center gap-2">
      <input type="radio" name="how" checked={checked} onChange={choose} /> {children}
    </label>
  );
}

function Confirm({
  order,
  asked,
  send,
  back,
}: {
  order: Order;
  asked: Asked;
  send: FormAction;
  back: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const whole = asked.amount >= asked.left;
  const sum = formatMoney({ amount: asked.amount, currency: order.currency });
  return (
    <ActionForm action={send} label="Confirm" className="max-w-xl border border-accent p-4">
      <input type="hidden" name="id" value={order.id} />
      <input type="hidden" name="amount" value={(asked.amount / 100).toFixed(2)} />
      <input type="hidden" name="reason" value={asked.reason} />
      <input type="hidden" name="seenRefunds" value={asked.seenRefunds} />
      <h3 ref={heading} tabIndex={-1} className="font-semibold outline-none">
        Give back {sum} of order {order.number}?
      </h3>
      <p className="mt-2">{consequence(whole, order.held)}</p>
      {asked.reason && <p className="mt-2 wrap-anywhere text-muted">Reason: {asked.reason}</p>}
      <div className="mt-3 flex flex-wrap gap-3">
        <button type="submit" className="button">
          Give back {sum}
        </button>
        <button type="button" className="button button-quiet" onClick={back}>
          Back
        </button>
      </div>
    </ActionForm>
  );
}

function consequence(whole: boolean, held: boolean): string {
  if (!whole) return 'The rest of the order stays as it is, and so does the right to read.';
  return held
    ? 'That is all of it. The order is held and nothing was sent; it can’t be let through afterwards.'
    : 'That is all of it. When Stripe has taken it, the buyer’s access ends, and a parcel that was not posted yet is struck off.';
}
