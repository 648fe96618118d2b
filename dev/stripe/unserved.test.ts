import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { anOrder, bench, refusal } from './fixtures.ts';
import { unserved } from './unserved.ts';

type Schema = {
  $ref?: string;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
};

const file = new URL('./schemas/definitions.json', import.meta.url);
const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as {
  definitions: Record<string, Schema>;
};

/** Whether the SDK's type has the parameter at the path. */
function knows(schema: Schema, [part, ...rest]: readonly string[]): boolean {
  if (part === undefined) return true;
  const name = schema.$ref?.replace('#/definitions/', '');
  if (name !== undefined) return knows(definitions[name] ?? {}, [part, ...rest]);
  if (schema.anyOf) return schema.anyOf.some((option) => knows(option, [part, ...rest]));
  const inner = part === '*' ? schema.items : schema.properties?.[part];
  return inner !== undefined && knows(inner, rest);
}

it('every refused parameter is one that the SDK knows', () => {
  const unknown = Object.entries(unserved).flatMap(([name, paths]) =>
    paths.filter((path) => !knows({ $ref: `#/definitions/${name}` }, path.split('.'))),
  );
  expect(unknown).toEqual([]);
});

it('what the stand-in would ignore is refused by name, and what it serves is not', async () => {
  const { stripe } = bench();
  const [item] = anOrder().line_items ?? [];
  const taxed = anOrder({ line_items: [{ ...item, tax_rates: ['txr_1'] }] });
  const error = await refusal(stripe.checkout.sessions.create(taxed));
  expect(error).toMatchObject({ statusCode: 400, param: 'line_items[0][tax_rates]' });
  expect(error.message).toContain('does not serve');
  const later = anOrder({ payment_intent_data: { setup_future_usage: 'off_session' } });
  const saved = await refusal(stripe.checkout.sessions.create(later));
  expect(saved.param).toBe('payment_intent_data[setup_future_usage]');
  const listed = await refusal(stripe.products.list({ shippable: true }));
  expect(listed.param).toBe('shippable');
  const session = await stripe.checkout.sessions.create(anOrder());
  const payment_intent_data = { description: 'x' };
  const changed = stripe.checkout.sessions.update(session.id, { payment_intent_data });
  expect((await refusal(changed)).param).toBe('payment_intent_data');
  const kept = await stripe.checkout.sessions.update(session.id, { metadata: { order: '1' } });
  expect(kept.metadata).toEqual({ order: '1' });
});
