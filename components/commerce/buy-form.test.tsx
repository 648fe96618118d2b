import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { BuyView } from '#lib/checkout/view.ts';
import { BuyForm } from './buy-form.tsx';

const view: BuyView = {
  issue: { slug: 'tide', number: 3, title: 'Tide', periodLabel: 'Spring', cover: null },
  open: true,
  owned: false,
  canceled: false,
  processing: null,
  currency: 'EUR',
  currencies: ['EUR', 'USD'],
  options: [
    {
      edition: 'print',
      price: { amount: 1_400, currency: 'EUR' },
      availability: { kind: 'in-stock' },
    },
  ],
  zones: [],
  typed: { edition: 'print', quantity: '1', country: '', from: '', again: false },
  message: null,
  errors: {},
};

const page = (changes: Partial<BuyView>) =>
  renderToStaticMarkup(
    <BuyForm view={{ ...view, ...changes }} action={async () => {}} browserKey="key" />,
  );

test('where nothing is left of an issue, nobody is asked which edition and led to pay', () => {
  expect(page({})).toContain('Continue to payment');
  expect(page({})).not.toContain('sold out');
  const gone = page({
    options: view.options.map((option) => ({ ...option, availability: { kind: 'sold-out' } })),
  });
  expect(gone).not.toContain('Continue to payment');
  expect(gone).not.toContain('Show them in');
  expect(gone).toContain('This issue is sold out.');
});
