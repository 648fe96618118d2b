import { FieldError } from '#components/commerce/field-error.tsx';
import { maxQuantity } from '#lib/catalog/rules.ts';
import type { BuyView } from '#lib/checkout/view.ts';

/** How many printed copies and where to: the country decides about postage, so it is asked before Stripe's page. */
export function PrintFields({ view }: { view: BuyView }) {
  if (!view.options.some(({ edition }) => edition === 'print')) return null;
  const { quantity, country } = view.errors;
  return (
    <div className="grid gap-6 group-has-[#edition-digital:checked]/buy:hidden sm:grid-cols-[8rem_1fr]">
      <div>
        <label htmlFor="quantity" className="font-semibold">
          Copies
        </label>
        <input
          id="quantity"
          name="quantity"
          type="number"
          inputMode="numeric"
          min={1}
          max={maxQuantity.print}
          defaultValue={view.typed.quantity}
          aria-invalid={quantity ? true : undefined}
          aria-describedby={quantity ? 'quantity-error' : undefined}
          className="field mt-1"
        />
        <FieldError id="quantity-error" text={quantity} />
      </div>
      <div>
        <label htmlFor="country" className="font-semibold">
          Post to
        </label>
        <select
          id="country"
          name="country"
          defaultValue={view.typed.country}
          autoComplete="country"
          aria-invalid={country ? true : undefined}
          aria-describedby={country ? 'country-error' : undefined}
          className="field mt-1"
        >
          <option value="">Choose a country</option>
          {view.zones.map((zone) => (
            <optgroup key={zone.name} label={zone.name}>
              {zone.countries.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <FieldError id="country-error" text={country} />
      </div>
    </div>
  );
}
