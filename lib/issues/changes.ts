import { type Place, type Plan, placesOf } from '#lib/issues/board.ts';

type Standing = Omit<Place, 'articleId'> & { department: string };

/** Where an article stands, and what is set aside for it; `null` for one that doesn't stand here. */
export function placedAt(plan: Plan, id: string): Standing | null {
  for (const { name, places } of plan) {
    const found = places.find(({ articleId }) => articleId === id);
    if (!found) continue;
    const { articleId: _id, ...place } = found;
    return { department: name, ...place };
  }
  return null;
}

/** A place as the log tells it: without what nobody has set. */
export function placeText(place: Standing | null): Partial<Standing> | null {
  return place && picked(place, (_, value) => value !== null);
}

/**
 * From what to what: departments where they changed, each article whose own place did, and of the order the part that is
 * another. Articles go by their titles, since an id tells people nothing.
 */
export function changesBetween(
  before: Plan,
  after: Plan,
  titles: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const titleOf = (id: string) => titles.get(id) ?? 'An article that is gone';
  const names = (plan: Plan) => plan.map(({ name }) => name);
  const order = (plan: Plan) => placesOf(plan).map(({ articleId }) => articleId);
  const moved = [...new Set([...order(before), ...order(after)])]
    .map((id) => ({ id, from: placedAt(before, id), to: placedAt(after, id) }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
    .map(({ id, from, to }) => ({ articleId: id, title: titleOf(id), ...differing(from, to) }));
  const departments = between(names(before), names(after));
  const orders = between(order(before), order(after));
  return {
    ...(departments && { departments }),
    ...(orders && { order: { from: orders.from.map(titleOf), to: orders.to.map(titleOf) } }),
    ...(moved.length > 0 && { articles: moved }),
  };
}

/** Of an article that stays, what is another about its place; of one that comes or goes, all of it. */
function differing(from: Standing | null, to: Standing | null) {
  if (!from || !to) return { from: placeText(from), to: placeText(to) };
  const isOther = (name: keyof Standing) => from[name] !== to[name];
  return { from: picked(from, isOther), to: picked(to, isOther) };
}

function picked(
  place: Standing,
  keep: (name: keyof Standing, value: unknown) => boolean,
): Partial<Standing> {
  return Object.fromEntries(
    Object.entries(place).filter(([name, value]) => keep(name as keyof Standing, value)),
  );
}

/** What is another in two lists, without what is the same at their beginnings and ends; `null` for the same list. */
function between(from: string[], to: string[]): { from: string[]; to: string[] } | null {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from[head] === to[head]) head += 1;
  if (head === from.length && head === to.length) return null;
  let tail = 0;
  while (tail < shorter - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  return { from: from.slice(head, from.length - tail), to: to.slice(head, to.length - tail) };
}
