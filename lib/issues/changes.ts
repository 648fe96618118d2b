import { type Place, type Plan, placesOf } from '#lib/issues/board.ts';

/** Where an article stands, as the log tells it; `null` for one that doesn't. */
export function placedAt(
  plan: Plan,
  id: string,
): (Omit<Place, 'articleId'> & { department: string }) | null {
  for (const { name, places } of plan) {
    const found = places.find(({ articleId }) => articleId === id);
    if (!found) continue;
    const { articleId: _id, ...place } = found;
    return { department: name, ...place };
  }
  return null;
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
    .map((articleId) => ({
      ...{ articleId, title: titleOf(articleId) },
      ...{ from: placedAt(before, articleId), to: placedAt(after, articleId) },
    }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
  const departments = between(names(before), names(after));
  const orders = between(order(before), order(after));
  return {
    ...(departments && { departments }),
    ...(orders && { order: { from: orders.from.map(titleOf), to: orders.to.map(titleOf) } }),
    ...(moved.length > 0 && { articles: moved }),
  };
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
