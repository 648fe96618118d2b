import type Stripe from 'stripe';
import { invalid, missingObject } from './errors.ts';
import { walk } from './indexes.ts';
import type { ObjectKind } from './schemas/served.ts';
import type { Kinds } from './state.ts';
import { find, type World } from './world.ts';

export type Page = { limit?: number; starting_after?: string; ending_before?: string };

/** One page of `items` (newest first): 1–100 at a time, 10 without a limit, after or before a cursor's object. */
export function paginate<T extends { id: string }>(
  items: readonly T[],
  page: Page,
  url: string,
): Stripe.ApiList<T> {
  const limit = limitOf(page);
  if (page.ending_before !== undefined) {
    const end = indexOf(items, page.ending_before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', data: items.slice(start, end), has_more: start > 0, url };
  }
  const start =
    page.starting_after === undefined
      ? 0
      : indexOf(items, page.starting_after, 'starting_after') + 1;
  const data = items.slice(start, start + limit);
  return { object: 'list', data, has_more: start + limit < items.length, url };
}

/** One page of all objects of a kind that are wanted, newest first, without looking at more of them than it takes. */
export function pageOf<K extends ObjectKind>(
  world: World,
  kind: K,
  page: Page,
  url: string,
  wanted: (object: Kinds[K]) => boolean,
): Stripe.ApiList<Kinds[K]> {
  const limit = limitOf(page);
  const { starting_after: after, ending_before: before } = page;
  for (const [id, param] of [
    [after, 'starting_after'],
    [before, 'ending_before'],
  ] as const) {
    if (id !== undefined && !find(world, kind, id)) throw missingObject('object', id, param);
  }
  const found: Kinds[K][] = [];
  const from = {
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
  for (const object of walk(world.state.objects[kind] as Record<string, Kinds[K]>, kind, from)) {
    if (wanted(object)) found.push(object);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  if (before !== undefined) data.reverse();
  return { object: 'list', data, has_more: found.length > limit, url };
}

function limitOf(page: Page): number {
  const limit = page.limit ?? 10;
  if (limit < 1 || limit > 100) throw invalid('limit must be between 1 and 100.', 'limit');
  if (page.starting_after !== undefined && page.ending_before !== undefined) {
    throw invalid('You may only specify one of these parameters: starting_after, ending_before.');
  }
  return limit;
}

/** Whether a time in seconds lies in Stripe's `created` filter. */
export function createdWithin(
  created: number,
  filter: Stripe.RangeQueryParam | number | undefined,
): boolean {
  if (filter === undefined) return true;
  if (typeof filter === 'number') return created === filter;
  return (
    (filter.gt === undefined || created > filter.gt) &&
    (filter.gte === undefined || created >= filter.gte) &&
    (filter.lt === undefined || created < filter.lt) &&
    (filter.lte === undefined || created <= filter.lte)
  );
}

/** Whether a value is the one asked for; everything passes where nothing is asked. */
export function matches<T>(value: T, wanted: T | undefined): boolean {
  return wanted === undefined || value === wanted;
}

function indexOf(items: readonly { id: string }[], id: string, param: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw missingObject('object', id, param);
  return index;
}
