import {
  ActionForm,
  FieldMessage,
  type FormAction,
  TextField,
} from '#components/dashboard/action-form.tsx';
import { CountryField } from '#components/dashboard/country-field.tsx';
import { Entry } from '#components/dashboard/entry.tsx';
import { type Currency, currencies, decimalText } from '#lib/money.ts';
import { longestPost, type PostageRate, restOfWorld } from '#lib/postage/rules.ts';

type Country = { code: string; name: string };
type Zone = {
  id: string;
  name: string;
  minDays: number;
  maxDays: number;
  rates: Partial<Record<Currency, PostageRate>>;
  countries: Country[];
  restOfWorld: boolean;
};

/** Where the post goes, for how much and for how long. `null`: a new zone. */
export function ZoneForm({
  zone,
  others,
  countries,
  save,
}: {
  zone: Zone | null;
  /** The other zones, whose countries may come into this one. */
  others: Zone[];
  /** All that there are, by name. */
  countries: Country[];
  save: FormAction;
}) {
  const zoneNames = new Map(
    others.flatMap((other) => other.countries.map(({ code }) => [code, other.name])),
  );
  return (
    <ActionForm action={save} label={zone ? 'The zone' : 'New zone'} className="max-w-3xl">
      {zone && <Opened zone={zone} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="name"
          label="Name"
          hint="As readers see it."
          defaultValue={zone?.name ?? ''}
          className="sm:col-span-2"
        />
        <TextField
          name="minDays"
          label="Working days, at least"
          type="number"
          defaultValue={zone?.minDays ?? 3}
        />
        <TextField
          name="maxDays"
          label="Working days, at most"
          type="number"
          hint={`From 1 to ${longestPost}.`}
          defaultValue={zone?.maxDays ?? 10}
        />
      </div>
      <FieldMessage name="days" />
      <Rates rates={zone?.rates ?? {}} />
      <CountryField
        countries={countries.map((country) => ({
          ...country,
          zone: zoneNames.get(country.code) ?? null,
        }))}
        initial={codesOf(zone)}
        restZone={others.find((other) => other.restOfWorld)?.name ?? null}
      />
      <button type="submit" className="button mt-6">
        {zone ? 'Save' : 'Make the zone'}
      </button>
    </ActionForm>
  );
}

function Rates({ rates }: { rates: Zone['rates'] }) {
  return (
    <section aria-labelledby="zone-rates" className="mt-8">
      <h2 id="zone-rates" className="text-lg font-semibold">
        Rates
      </h2>
      <p className="mt-1 text-muted">As in 5.50. A currency that is left empty is not posted in.</p>
      {currencies.map((currency) => (
        <div key={currency} className="mt-3 flex flex-wrap items-start gap-3">
          <p className="w-12 pt-7 font-semibold">{currency}</p>
          <Entry
            name={`${currency}-first`}
            label="First copy"
            about={currency}
            inputMode="decimal"
            autoComplete="off"
            defaultValue={decimalText(rates[currency]?.firstCopy)}
            className="w-28"
          />
          <Entry
            name={`${currency}-further`}
            label="Each further"
            about={currency}
            inputMode="decimal"
            autoComplete="off"
            defaultValue={decimalText(rates[currency]?.furtherCopy)}
            className="w-28"
          />
          <FieldMessage name={currency} />
        </div>
      ))}
      <FieldMessage name="rates" />
    </section>
  );
}

/** What the form showed, as the command compares it. */
function Opened({ zone }: { zone: Zone }) {
  const { id, name, minDays, maxDays, rates } = zone;
  const opened = {
    name,
    days: { minDays, maxDays },
    countries: codesOf(zone),
    ...Object.fromEntries(currencies.map((currency) => [currency, rates[currency] ?? null])),
  };
  return (
    <>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="opened" value={JSON.stringify(opened)} />
    </>
  );
}

function codesOf(zone: Zone | null): string[] {
  if (!zone) return [];
  const codes = zone.countries.map(({ code }) => code);
  return [...codes, ...(zone.restOfWorld ? [restOfWorld] : [])].toSorted();
}
