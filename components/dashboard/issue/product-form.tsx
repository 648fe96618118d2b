import { ActionForm, FieldMessage, type FormAction } from '#components/dashboard/action-form.tsx';
import { Entry } from '#components/dashboard/entry.tsx';
import { State } from '#components/dashboard/heading.tsx';
import { type Edition, editionNames } from '#lib/catalog/rules.ts';
import { type Currency, currencies, decimalText } from '#lib/money.ts';

type Product = {
  id: string;
  active: boolean;
  stock: number | null;
  prices: Partial<Record<Currency, number>>;
};

/**
 * One edition of an issue: its prices, its stock, and whether it is on sale. Stock has a form of its own, so that saving
 * prices never writes an old number of copies over what was sold meanwhile.
 */
export function ProductForm({
  issueId,
  edition,
  product,
  released,
  sell,
}: {
  issueId: string;
  edition: Edition;
  product: Product | null;
  /** Nothing of an issue that is not out can be bought. */
  released: boolean;
  sell: FormAction;
}) {
  const name = editionNames[edition];
  const hidden = (
    <>
      <input type="hidden" name="issueId" value={issueId} />
      <input type="hidden" name="edition" value={edition} />
      <input type="hidden" name="productId" value={product?.id ?? ''} />
    </>
  );
  return (
    <div className="min-w-0 border border-rule p-4">
      <h3 className="mb-2 flex flex-wrap items-baseline gap-3 font-semibold">
        {name}
        <State strong={!product?.active}>{stateOf(product, released)}</State>
      </h3>
      <ActionForm action={sell} label={`Prices of ${name}`}>
        {hidden}
        <div className="flex flex-wrap gap-3">
          {currencies.map((currency) => (
            <Entry
              key={currency}
              name={`${edition}-${currency}`}
              label={currency}
              about={name}
              inputMode="decimal"
              autoComplete="off"
              defaultValue={decimalText(product?.prices[currency])}
              className="w-28"
            />
          ))}
          {!product && edition === 'print' && <Stock stock={null} />}
        </div>
        <p className="mt-1 text-[0.85rem] text-muted">
          As in 14.00. A currency that is left empty is not sold in.
        </p>
        <FieldMessage name={`${edition}-prices`} />
        <div className="mt-3 flex flex-wrap gap-2">
          {product ? (
            <>
              <Press intent="prices" name="Save prices" about={name} />
              <Press
                intent={product.active ? 'withdraw' : 'again'}
                name={product.active ? 'Withdraw' : 'Offer again'}
                about={name}
              />
            </>
          ) : (
            <Press intent="offer" name={released ? 'Put on sale' : 'Offer'} about={name} />
          )}
        </div>
      </ActionForm>
      {product && edition === 'print' && (
        <ActionForm action={sell} label={`Stock of ${name}`} className="mt-2">
          {hidden}
          <div className="flex flex-wrap items-end gap-2">
            <Stock key={product.stock} stock={product.stock} />
            <Press intent="stock" name="Set the stock" about={name} />
          </div>
        </ActionForm>
      )}
    </div>
  );
}

function Stock({ stock }: { stock: number | null }) {
  return (
    <Entry
      name="print-stock"
      label="Copies left to sell"
      inputMode="numeric"
      autoComplete="off"
      defaultValue={stock ?? ''}
      className="w-40"
    />
  );
}

function Press({ intent, name, about }: { intent: string; name: string; about: string }) {
  return (
    <button type="submit" name="intent" value={intent} className="button button-quiet">
      {name}
      <span className="sr-only"> {about}</span>
    </button>
  );
}

function stateOf(product: Product | null, released: boolean): string {
  if (!product) return 'not offered';
  if (!product.active) return 'withdrawn';
  return released ? 'on sale' : 'goes on sale with the issue';
}
