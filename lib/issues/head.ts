import type { IssueInput } from '#lib/issues/input.ts';

/** What an issue is called, when it goes on sale and what stands on its cover. */
export type Head = IssueInput;

/** The fields of a head as its form names them. */
export const headNames: Record<keyof Head, string> = {
  title: 'title',
  slug: 'address',
  volume: 'volume',
  number: 'number',
  periodLabel: 'period',
  onSaleAt: 'day on sale',
  description: 'description',
  pageCount: 'pages',
  coverId: 'cover',
  coverArtistId: 'cover artist',
};

const fields = Object.keys(headNames) as (keyof Head)[];

/**
 * Brings together what stands now and what somebody made of `base`. What they left alone stays as it is now; a field that
 * both changed, each in another way, is a conflict, with a sentence for it.
 */
export function mergeHead(
  now: Head,
  base: Head,
  wanted: Head,
):
  | { kind: 'merged'; head: Head }
  | { kind: 'conflict'; fields: Partial<Record<keyof Head, string>> } {
  const taken = fields.filter((field) => !same(wanted[field], base[field]));
  const lost = taken.filter(
    (field) => !same(now[field], base[field]) && !same(now[field], wanted[field]),
  );
  if (lost.length > 0) {
    return {
      kind: 'conflict',
      fields: Object.fromEntries(lost.map((field) => [field, lateText(field, now[field])])),
    };
  }
  const pick = (from: Head, names: (keyof Head)[]) =>
    Object.fromEntries(names.map((field) => [field, from[field]]));
  return { kind: 'merged', head: { ...pick(now, fields), ...pick(wanted, taken) } as Head };
}

type Value = Head[keyof Head];

function same(one: Value, other: Value): boolean {
  return plain(one) === plain(other);
}

function plain(value: Value): string {
  return value instanceof Date ? value.toISOString() : String(value ?? '');
}

function lateText(field: keyof Head, now: Value): string {
  if (field === 'coverId' || field === 'coverArtistId') return 'Changed meanwhile.';
  const text = now instanceof Date ? now.toISOString().slice(0, 10) : plain(now);
  return text === '' ? 'Emptied meanwhile.' : `Changed to “${text}” meanwhile.`;
}
