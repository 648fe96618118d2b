import { type Currency, formatMoney } from '#lib/money.ts';
import type { PostageZone } from '#lib/postage/rules.ts';

/** Postage by zone, with the countries that each is made of. `single`: every copy travels alone. */
export function PostageTable({
  zones,
  currency,
  single = false,
}: {
  zones: PostageZone[];
  currency: Currency;
  single?: boolean;
}) {
  const price = (amount: number) => formatMoney({ amount, currency });
  return (
    <details className="mt-8 border-t border-rule pt-3" open={zones.length <= 4}>
      <summary className="cursor-pointer text-[1.15rem] font-semibold">
        {single ? 'What the post of a copy costs' : 'Postage'}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard */}
      <section className="mt-3 overflow-x-auto" tabIndex={0} aria-label="Postage by zone">
        <table className="w-full text-left text-[0.95rem]">
          <thead>
            <tr className="border-b border-ink align-bottom">
              <th scope="col" className="py-2 pr-4 font-semibold">
                To
              </th>
              <th scope="col" className="py-2 pr-4 text-right font-semibold sm:whitespace-nowrap">
                {single ? 'A\u00a0copy' : 'First copy'}
              </th>
              {!single && (
                <th scope="col" className="py-2 pr-4 text-right font-semibold">
                  Each further
                </th>
              )}
              <th scope="col" className="py-2 text-right font-semibold sm:whitespace-nowrap">
                Working days
              </th>
            </tr>
          </thead>
          <tbody className="lining-nums tabular-nums">
            {zones.map((zone) => (
              <tr key={zone.name} className="border-b border-rule align-top">
                <th scope="row" className="py-2 pr-4 font-normal">
                  {zone.name}
                  <span className="block text-[0.85rem] text-muted">{countryLine(zone)}</span>
                </th>
                <td className="py-2 pr-4 text-right">{price(zone.rate.firstCopy)}</td>
                {!single && (
                  <td className="py-2 pr-4 text-right">{price(zone.rate.furtherCopy)}</td>
                )}
                <td className="py-2 text-right whitespace-nowrap">
                  {zone.minDays === zone.maxDays ? zone.minDays : `${zone.minDays}–${zone.maxDays}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

/** A zone of one country explains itself; a zone of many is explained by its name. */
function countryLine({ name, countries, restOfWorld }: PostageZone): string {
  if (restOfWorld) return 'All other countries';
  const names = countries.map((country) => country.name).filter((country) => country !== name);
  return names.join(', ');
}
