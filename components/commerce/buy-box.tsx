import { Cover } from '#components/issue/cover.tsx';
import { availabilityText, editionNames, type Offer } from '#lib/catalog/rules.ts';
import type { IssueCard } from '#lib/issues/rules.ts';
import { formatMoney } from '#lib/money.ts';

type Props = {
  issue: Pick<IssueCard, 'slug' | 'number' | 'title' | 'periodLabel' | 'cover'>;
  offers: Offer[];
  /** The viewer may read the issue already. */
  owned: boolean;
  /** Slug of the article that the box stands in, so that the way back is known after paying. */
  from?: string;
  /**
   * `line` stands between things; `strip` says of which issue it speaks as well; `full` shows the cover, and each edition
   * with its price and stock; `plain` is the same beside a cover that is there already.
   */
  variant: 'line' | 'strip' | 'full' | 'plain';
};

/** How an issue is bought from wherever it is spoken of; for who owns it, how it is read. */
export function BuyBox(props: Props) {
  switch (props.variant) {
    case 'line':
      return <BuyLine {...props} />;
    case 'strip':
      return <BuyStrip {...props} />;
    case 'full':
    case 'plain':
      return <BuyPanel {...props} />;
  }
}

/** Over a text: which issue it stands in, and how to have it. */
function BuyStrip(props: Props) {
  const { issue } = props;
  return (
    <div className="no-print grid grid-cols-[4.5rem_minmax(0,1fr)] items-center gap-x-4 border-y border-rule py-3">
      <Cover issue={issue} sizes="4.5rem" decorative />
      <div>
        <p className="leading-tight">
          <a href={`/issues/${issue.slug}`} className="quiet-link font-semibold">
            No. {issue.number}: {issue.title}
          </a>{' '}
          <span className="inline-block text-[0.95rem] wrap-anywhere text-muted italic">
            {issue.periodLabel}
          </span>
        </p>
        <div className="mt-2">
          <BuyLine {...props} />
        </div>
      </div>
    </div>
  );
}

function BuyLine({ issue, offers, owned, from, variant }: Props) {
  if (owned) {
    return (
      <p className="no-print flex flex-wrap items-center gap-x-5 gap-y-2">
        <a href={`/issues/${issue.slug}`} className="button">
          Read No. {issue.number}
        </a>
        <span className="text-[0.95rem] text-muted">You own this issue.</span>
      </p>
    );
  }
  const forSale = offers.filter((offer) => offer.availability.kind !== 'sold-out');
  return (
    <div className="no-print flex flex-wrap items-center gap-x-5 gap-y-2">
      {forSale.length > 0 && (
        <a href={buyAddress(issue.slug, null, from)} className="button">
          Buy this Issue
        </a>
      )}
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-[0.95rem]">
        {offers.map((offer) => (
          <li key={offer.edition}>
            <OfferLink offer={offer} issue={issue} from={from} className="link" />{' '}
            <OfferNote offer={offer} always={variant === 'strip'} />
          </li>
        ))}
        <li>
          <a href="/subscribe" className="link">
            Subscribe
          </a>
        </li>
      </ul>
    </div>
  );
}

function BuyPanel({ issue, offers, owned, from, variant }: Props) {
  const covered = variant === 'full';
  const isForSale = offers.some((offer) => offer.availability.kind !== 'sold-out');
  return (
    <div
      className={`no-print border border-rule bg-raised p-4 sm:p-6 ${covered ? 'grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-5 gap-y-4 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-x-7' : ''}`}
    >
      {covered && <Cover issue={issue} sizes="9rem" decorative />}
      <div>
        <p className="label text-accent">
          {owned ? 'Yours to read' : isForSale ? 'Buy this Issue' : 'This issue'}
        </p>
        <p className="mt-1 text-[1.35rem] leading-tight font-semibold">
          <a href={`/issues/${issue.slug}`} className="quiet-link">
            No. {issue.number}: {issue.title}
          </a>
        </p>
        <p className="text-[0.95rem] text-muted italic">{issue.periodLabel}</p>
        {owned && (
          <p className="mt-4">
            <a href={`/issues/${issue.slug}`} className="button">
              Read No. {issue.number}
            </a>
          </p>
        )}
        {offers.length === 0 && (
          <p className="mt-4 text-[0.95rem]">This issue is not sold singly.</p>
        )}
        <ul className="mt-4 divide-y divide-rule border-y border-rule empty:hidden">
          {offers.map((offer) => (
            <li
              key={offer.edition}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3"
            >
              <span>
                <span className="font-semibold">{editionNames[offer.edition]}</span>{' '}
                <span className="lining-nums">{formatMoney(offer.price)}</span>{' '}
                <OfferNote offer={offer} always />
              </span>
              {offer.availability.kind !== 'sold-out' && (
                <OfferLink
                  offer={offer}
                  issue={issue}
                  from={from}
                  className={owned ? 'link text-[0.95rem]' : 'button'}
                  plain
                />
              )}
            </li>
          ))}
        </ul>
        <p className="mt-4 text-[0.95rem]">
          Or{' '}
          <a href="/subscribe" className="link">
            subscribe
          </a>{' '}
          and have every issue.
        </p>
      </div>
    </div>
  );
}

/** "Buy print", with the price where it isn't written beside it (`plain`). What is sold out has no link. */
function OfferLink({
  offer,
  issue,
  from,
  className,
  plain = false,
}: {
  offer: Offer;
  issue: Props['issue'];
  from: string | undefined;
  className: string;
  plain?: boolean;
}) {
  const label = `Buy ${offer.edition}`;
  const price = formatMoney(offer.price);
  if (offer.availability.kind === 'sold-out') return <span>{editionNames[offer.edition]}</span>;
  return (
    <a href={buyAddress(issue.slug, offer.edition, from)} className={className}>
      {label}
      {!plain && <span className="lining-nums"> {price}</span>}
      <span className="sr-only"> edition of No. {issue.number}</span>
    </a>
  );
}

/** The stock, in words; that there is enough is said only where there is room for it. */
function OfferNote({ offer, always = false }: { offer: Offer; always?: boolean }) {
  const { kind } = offer.availability;
  if (offer.edition === 'digital' || (kind === 'in-stock' && !always)) return null;
  return (
    <span className={`text-[0.9rem] ${kind === 'in-stock' ? 'text-muted' : 'text-accent'}`}>
      {availabilityText(offer.availability)}
    </span>
  );
}

function buyAddress(slug: string, edition: string | null, from: string | undefined): string {
  const query = new URLSearchParams({
    ...(edition ? { edition } : {}),
    ...(from ? { from } : {}),
  });
  return query.size > 0 ? `/issues/${slug}/buy?${query}` : `/issues/${slug}/buy`;
}
