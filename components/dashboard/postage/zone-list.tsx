import type { FormAction } from '#components/dashboard/action-form.tsx';
import { OrderedList } from '#components/dashboard/ordered-list.tsx';
import { type Currency, currencies, formatMoney } from '#lib/money.ts';
import { countriesText, daysText, type PostageRate } from '#lib/postage/rules.ts';

type Zone = {
  id: string;
  name: string;
  minDays: number;
  maxDays: number;
  rates: Partial<Record<Currency, PostageRate>>;
  countries: { name: string }[];
  restOfWorld: boolean;
};

/** The zones in the order in which readers see them. */
export function ZoneList({ zones, order }: { zones: Zone[]; order: FormAction }) {
  if (zones.length === 0) {
    return <p className="text-muted">There is no zone yet: print can’t be posted anywhere.</p>;
  }
  return (
    <>
      <OrderedList
        label="Order"
        save={order}
        items={zones.map((zone) => ({
          id: zone.id,
          name: zone.name,
          content: <ZoneRow zone={zone} />,
        }))}
      />
      {!zones.some(({ restOfWorld }) => restOfWorld) && (
        <p className="max-w-2xl text-muted">
          No zone is the rest of the world: nothing is posted to a country that none names.
        </p>
      )}
    </>
  );
}

function ZoneRow({ zone }: { zone: Zone }) {
  return (
    <>
      <a
        href={`/dashboard/postage/${zone.id}`}
        className="link inline-block py-1 font-semibold wrap-anywhere"
      >
        {zone.name}
      </a>
      <p className="wrap-anywhere">{countriesText(zone.countries, zone.restOfWorld)}</p>
      <p className="text-[0.9rem] text-muted">
        {[
          ...currencies.flatMap((currency) => {
            const rate = zone.rates[currency];
            return rate ? [rateText(currency, rate)] : [];
          }),
          daysText(zone),
        ].join(' · ')}
      </p>
    </>
  );
}

function rateText(currency: Currency, { firstCopy, furtherCopy }: PostageRate): string {
  const money = (amount: number) => formatMoney({ amount, currency });
  return `${money(firstCopy)}, each further ${money(furtherCopy)}`;
}
