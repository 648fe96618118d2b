'use server';

import { done, refused } from '#app/dashboard/answer.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import {
  offerAgain,
  offerProduct,
  type PriceInput,
  setPrices,
  setStock,
  withdrawProduct,
} from '#lib/catalog/commands.ts';
import { type Edition, editions } from '#lib/catalog/rules.ts';
import { currencies, parseMinorUnits } from '#lib/money.ts';
import { fail, ok, type Result } from '#lib/result.ts';

const messages: Record<string, string> = {
  offer: 'It is offered: on sale as long as the issue is out.',
  prices: 'The prices were saved.',
  stock: 'The stock was saved.',
  withdraw: 'It was taken from sale.',
  again: 'It is offered again.',
};

/**
 * What the pressed button of an edition says (`intent`). The fields of the two editions stand on one page, so their
 * names begin with the edition.
 */
export async function sell(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const edition = editions.find((known) => known === textField(form, 'edition'));
  if (!edition) return refused(fail('invalid', 'This edition is not known.'));
  const intent = textField(form, 'intent');
  const changed = await change(intent, edition, form);
  if (!changed.ok) return refused({ ...changed, fields: named(edition, changed.fields) });
  await expired();
  return done(messages[intent] ?? 'Done.');
}

async function change(intent: string, edition: Edition, form: FormData): Promise<Result<unknown>> {
  const actor = await currentActor();
  const productId = textField(form, 'productId');
  switch (intent) {
    case 'offer': {
      const prices = pricesOf(edition, form);
      if (!prices.ok) return prices;
      const issueId = textField(form, 'issueId');
      const stock = edition === 'print' ? copiesOf(form) : null;
      return offerProduct(actor, { issueId, edition, stock, prices: prices.value });
    }
    case 'prices': {
      const prices = pricesOf(edition, form);
      return prices.ok ? setPrices(actor, { productId, prices: prices.value }) : prices;
    }
    case 'stock':
      return setStock(actor, { productId, stock: copiesOf(form) });
    case 'withdraw':
      return withdrawProduct(actor, { productId });
    case 'again':
      return offerAgain(actor, { productId });
    default:
      return fail('invalid', 'This button is not known.');
  }
}

/** The amounts that were typed; a currency that was left empty is not sold in. */
function pricesOf(edition: Edition, form: FormData): Result<PriceInput[]> {
  const prices: PriceInput[] = [];
  const wrong: Record<string, string> = {};
  for (const currency of currencies) {
    const text = textField(form, `${edition}-${currency}`).trim();
    if (text === '') continue;
    const amount = parseMinorUnits(text);
    if (amount === null) wrong[currency] = 'Write an amount, as in 14.00.';
    else prices.push({ currency, amount });
  }
  return Object.keys(wrong).length === 0
    ? ok(prices)
    : fail('invalid', 'Some prices need another look.', wrong);
}

/** `NaN` for what is no whole number, which the command refuses. */
function copiesOf(form: FormData): number {
  const text = textField(form, 'print-stock').trim();
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function named(edition: Edition, fields: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, text]) => [`${edition}-${name}`, text]),
  );
}
