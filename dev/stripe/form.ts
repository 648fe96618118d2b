import { invalid } from './errors.ts';

/** What a form-encoded body or a query says, before any type is known: strings in nested objects. */
export type Tree = string | { [key: string]: Tree };

/**
 * Parses Stripe's bracket notation (`line_items[0][price_data][unit_amount]=500`, `expand[]=customer`). Arrays stay
 * objects with numeric keys; the schema decides later. Refuses malformed keys with 400.
 */
export function parseForm(text: string): { [key: string]: Tree } {
  const root = branch();
  for (const [key, value] of new URLSearchParams(text)) place(root, segmentsOf(key), value, key);
  return root;
}

/** The same tree written in one stable order: what an idempotency key is compared by. */
export function canonical(tree: Tree): string {
  if (typeof tree === 'string') return JSON.stringify(tree);
  const keys = Object.keys(tree).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(tree[key] ?? '')}`).join(',')}}`;
}

function segmentsOf(key: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key);
  if (!match) throw invalid(`Invalid parameter name: ${key}`, key);
  const rest = [...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? '');
  return [match[1] ?? '', ...rest];
}

function place(
  root: { [key: string]: Tree },
  segments: string[],
  value: string,
  key: string,
): void {
  let node = root;
  segments.forEach((segment, index) => {
    const name = segment === '' ? String(Object.keys(node).length) : segment;
    if (index === segments.length - 1) {
      node[name] = value;
      return;
    }
    const next = node[name] ?? branch();
    if (typeof next === 'string')
      throw invalid(`Invalid parameter: ${key} is both a value and a hash`, key);
    node[name] = next;
    node = next;
  });
}

function branch(): { [key: string]: Tree } {
  return Object.create(null) as { [key: string]: Tree };
}
