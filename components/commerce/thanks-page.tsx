import type { ReactNode } from 'react';
import type { Thanks } from '#lib/checkout/rules.ts';
import { formatMoney } from '#lib/money.ts';
import { lineName } from '#lib/orders/rules.ts';

/** What became of a purchase, and what to do next. */
export function ThanksPage({ thanks }: { thanks: Thanks }) {
  const { title, body } = told(thanks);
  return (
    <div className="page pt-8 sm:pt-12">
      <div className="mx-auto max-w-(--measure)">
        <p className="label text-accent">Order {thanks.number}</p>
        <h1 className="mt-1 text-[clamp(2rem,1.3rem+3vw,3.4rem)] leading-tight font-semibold">
          {title}
        </h1>
        {body}
      </div>
    </div>
  );
}

function told(thanks: Thanks): { title: string; body: ReactNode } {
  switch (thanks.status) {
    case 'paid':
      return { title: 'Thank you', body: <Paid thanks={thanks} /> };
    case 'processing':
      return {
        title: 'Thank you. Your payment is on its way',
        body: (
          <>
            <Lines thanks={thanks} />
            <p className="mt-5">
              Your bank carries out this kind of payment within a few days. As soon as the money has
              arrived, {thanks.email ? <>we write to {thanks.email} and</> : 'we'} open the issue
              for you. There is nothing more for you to do.
            </p>
          </>
        ),
      };
    case 'held':
      return {
        title: 'Thank you. We are looking at your order',
        body: (
          <>
            <Lines thanks={thanks} />
            <p className="mt-5">
              Your payment has arrived, but something about it is not as we expected. Somebody in
              our office looks at it and writes to you{thanks.email ? ` at ${thanks.email}` : ''}.
            </p>
          </>
        ),
      };
    case 'open':
      return {
        title: 'We are waiting for your payment',
        body: (
          <>
            <Lines thanks={thanks} />
            <p className="mt-5">
              The payment page has not confirmed your payment yet. If you have paid, load this page
              again in a moment; a receipt comes by mail in any case.
            </p>
            <WayBack thanks={thanks} label="Back to the choice of edition" />
          </>
        ),
      };
    case 'failed':
      return {
        title: 'Your payment failed',
        body: (
          <>
            <Lines thanks={thanks} />
            <p className="mt-5">
              Your bank did not carry out the payment. Nothing was charged, and the order is closed.
            </p>
            <WayBack thanks={thanks} label="Buy it again" />
          </>
        ),
      };
    case 'expired':
      return {
        title: 'This order has expired',
        body: (
          <>
            <Lines thanks={thanks} />
            <p className="mt-5">It was not paid in time. Nothing was charged.</p>
            <WayBack thanks={thanks} label="Buy it again" />
          </>
        ),
      };
  }
}

function Paid({ thanks }: { thanks: Thanks }) {
  const { email, owned, from, total } = thanks;
  const slug = thanks.lines[0]?.issueSlug;
  const next = from ? `/articles/${from.slug}` : `/issues/${slug}`;
  const printed = thanks.lines.some(({ edition }) => edition === 'print');
  return (
    <>
      <Lines thanks={thanks} />
      <p className="mt-5">
        {total && <>{formatMoney(total)} was paid. </>}
        {email && <>We have sent the receipt to {email}. </>}
        {printed && (
          <>The printed copy goes to the post; meanwhile you can read the issue online.</>
        )}
      </p>
      {owned || !email ? (
        <p className="mt-6 flex flex-wrap gap-3">
          <a href={next} className="button">
            Read it now
          </a>
          <a href="/account/library" className="button button-quiet">
            Your library
          </a>
        </p>
      ) : (
        <>
          <p className="mt-5">
            To read it now, sign in with that address: we send you a link, which proves that it is
            yours. The issue is waiting in your library.
          </p>
          <p className="mt-6">
            <a href={`/sign-in?${new URLSearchParams({ email, next })}`} className="button">
              Sign in and read it now
            </a>
          </p>
        </>
      )}
    </>
  );
}

function Lines({ thanks }: { thanks: Thanks }) {
  return (
    <ul className="mt-5 divide-y divide-rule border-y border-rule text-[1.1rem]">
      {thanks.lines.map((line) => (
        <li key={`${line.issueSlug} ${line.edition}`} className="py-3">
          {line.quantity > 1 && <span className="lining-nums">{line.quantity} × </span>}
          {lineName(line)}
        </li>
      ))}
    </ul>
  );
}

function WayBack({ thanks, label }: { thanks: Thanks; label: string }) {
  const [line] = thanks.lines;
  if (!line) return null;
  const query = new URLSearchParams({
    edition: line.edition,
    ...(thanks.from ? { from: thanks.from.slug } : {}),
  });
  return (
    <p className="mt-6">
      <a href={`/issues/${line.issueSlug}/buy?${query}`} className="button">
        {label}
      </a>
    </p>
  );
}
