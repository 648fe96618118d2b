import { FieldError } from '#components/commerce/field-error.tsx';
import { Notice } from '#components/commerce/notice.tsx';
import { PostageTable } from '#components/commerce/postage-table.tsx';
import { PrintFields } from '#components/commerce/print-fields.tsx';
import { Cover } from '#components/issue/cover.tsx';
import { availabilityText, editionNames } from '#lib/catalog/rules.ts';
import type { BuyView } from '#lib/checkout/view.ts';
import { formatMoney } from '#lib/money.ts';
import { postageFor, zoneOf } from '#lib/postage/rules.ts';

/** The choice before the page at Stripe. Works without scripts; what belongs to print alone goes away with digital. */
export function BuyForm({
  view,
  action,
  browserKey,
}: {
  view: BuyView;
  action: (form: FormData) => Promise<void>;
  browserKey: string;
}) {
  const { issue, typed } = view;
  const isLeft = isAnyLeft(view);
  return (
    <div className="page grid grid-cols-1 gap-x-14 gap-y-8 pt-8 sm:pt-12 md:grid-cols-[minmax(10rem,17rem)_minmax(0,1fr)]">
      <div className="max-w-40 md:max-w-none">
        <Cover issue={issue} sizes="17rem" eager decorative />
      </div>
      <div className="max-w-(--measure)">
        <p className="label text-accent">{isLeft ? 'Buy this Issue' : 'This issue'}</p>
        <h1 className="mt-1 text-[clamp(1.9rem,1.3rem+2.4vw,3rem)] leading-tight font-semibold">
          No. {issue.number}: {issue.title}
        </h1>
        <p className="text-muted italic">{issue.periodLabel}</p>
        <Notices view={view} />
        {view.open && isLeft && (
          <form action={action} className="group/buy mt-6 grid gap-7" noValidate>
            <input type="hidden" name="issue" value={issue.slug} />
            <input type="hidden" name="key" value={browserKey} />
            <input type="hidden" name="from" value={typed.from} />
            <input type="hidden" name="currency" value={view.currency} />
            <Editions view={view} />
            <PrintFields view={view} />
            <Summary view={view} />
            {view.processing !== null && <Again view={view} />}
            <p>
              <button type="submit" className="button w-full sm:w-auto">
                Continue to payment
              </button>
            </p>
            <p className="text-[0.9rem] text-muted">
              You pay on Stripe’s page, where you can use a promotion code as well. We never see
              your card. No account is needed.
            </p>
          </form>
        )}
        {isLeft && <Currencies view={view} />}
        {isLeft && view.zones.length > 0 && (
          <PostageTable zones={view.zones} currency={view.currency} />
        )}
        <p className="mt-8">
          <a
            href={typed.from ? `/articles/${typed.from}` : `/issues/${issue.slug}`}
            className="link"
          >
            {typed.from ? 'Back to the article' : 'Back to the issue'}
          </a>
        </p>
      </div>
    </div>
  );
}

function isAnyLeft({ options }: BuyView): boolean {
  return options.some(({ availability }) => availability.kind !== 'sold-out');
}

function Notices({ view }: { view: BuyView }) {
  const { issue } = view;
  return (
    <>
      {view.message && (
        <Notice kind="problem">
          {view.open ? view.message : 'The shop is closed at the moment.'}
        </Notice>
      )}
      {!view.open && !view.message && (
        <Notice kind="problem">
          The shop is closed at the moment. Please come back a little later.
        </Notice>
      )}
      {view.canceled && !view.message && (
        <Notice kind="news">
          You came back without paying. Nothing was charged, and your choice is kept.
        </Notice>
      )}
      {view.owned && (
        <Notice kind="news">
          You own this issue already:{' '}
          <a href={`/issues/${issue.slug}`} className="link">
            read it
          </a>
          .
        </Notice>
      )}
      {view.options.length === 0 && (
        <Notice kind="news">This issue is not sold singly in this currency.</Notice>
      )}
      {view.options.length > 0 && !isAnyLeft(view) && (
        <Notice kind="news">
          This issue is sold out.{' '}
          <a href="/subscribe" className="link">
            Subscribe
          </a>{' '}
          and have every issue to come.
        </Notice>
      )}
    </>
  );
}

function Editions({ view }: { view: BuyView }) {
  const error = view.errors['edition'];
  return (
    <fieldset aria-describedby={error ? 'edition-error' : undefined}>
      <legend className="text-[1.15rem] font-semibold">Which edition?</legend>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        {view.options.map(({ edition, price, availability }) => {
          const soldOut = availability.kind === 'sold-out';
          return (
            <label
              key={edition}
              htmlFor={`edition-${edition}`}
              className={`flex gap-3 border border-muted p-4 has-checked:border-accent has-checked:bg-raised ${soldOut ? 'text-muted' : ''}`}
            >
              <input
                id={`edition-${edition}`}
                type="radio"
                name="edition"
                value={edition}
                defaultChecked={edition === view.typed.edition && !soldOut}
                disabled={soldOut}
                className="mt-1 size-4 shrink-0 accent-(--accent)"
              />
              <span>
                <span className="font-semibold">{editionNames[edition]}</span>{' '}
                <span className="lining-nums">{formatMoney(price)}</span>
                <span className="block text-[0.9rem] text-muted">
                  {edition === 'print' ? (
                    <>
                      {availabilityText(availability)}. By post
                      {soldOut ? '' : ', and to read online at once'}.
                    </>
                  ) : (
                    'To read online at once.'
                  )}
                </span>
              </span>
            </label>
          );
        })}
      </div>
      <FieldError id="edition-error" text={error} />
    </fieldset>
  );
}

function Again({ view }: { view: BuyView }) {
  const error = view.errors['again'];
  return (
    <div className="border border-accent p-4">
      <p>
        Your payment for order {view.processing} is still on its way: that order already contains
        this issue. You don’t need to buy it again.
      </p>
      <label htmlFor="again" className="mt-2 flex gap-3">
        <input
          id="again"
          type="checkbox"
          name="again"
          value="yes"
          defaultChecked={view.typed.again}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'again-error' : undefined}
          className="mt-1.5 size-4 shrink-0 accent-(--accent)"
        />
        I want to buy it once more all the same.
      </label>
      <FieldError id="again-error" text={error} />
    </div>
  );
}

/** What it comes to, for the choice that the page was asked with. */
function Summary({ view }: { view: BuyView }) {
  const { typed, currency } = view;
  const option = view.options.find(({ edition }) => edition === typed.edition);
  const zone = zoneOf(view.zones, typed.country);
  const quantity = Number(typed.quantity);
  if (option?.edition !== 'print' || !zone || !(quantity >= 1 && quantity <= 20)) return null;
  const goods = option.price.amount * quantity;
  const postage = postageFor(zone.rate, quantity);
  const rows = [
    { label: quantity === 1 ? 'One printed copy' : `${quantity} printed copies`, amount: goods },
    { label: `Postage to ${zone.name}`, amount: postage },
    { label: 'Together', amount: goods + postage },
  ];
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1 border-y border-rule py-3 group-has-[#edition-digital:checked]/buy:hidden">
      {rows.map(({ label, amount }) => (
        <div key={label} className="contents last:font-semibold">
          <dt>{label}</dt>
          <dd className="text-right lining-nums tabular-nums">
            {formatMoney({ amount, currency })}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Currencies({ view }: { view: BuyView }) {
  const others = view.currencies.filter((currency) => currency !== view.currency);
  if (others.length === 0) return null;
  const { edition, from } = view.typed;
  return (
    <p className="mt-6 text-[0.95rem]">
      Prices are in {view.currency}. Show them in{' '}
      {others.map((currency, index) => (
        <span key={currency}>
          {index > 0 && ' or '}
          <a
            href={`/issues/${view.issue.slug}/buy?${new URLSearchParams({ edition, currency, ...(from ? { from } : {}) })}`}
            className="link"
          >
            {currency}
          </a>
        </span>
      ))}
      .
    </p>
  );
}
