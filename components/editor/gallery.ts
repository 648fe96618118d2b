/** The list with the element at `index` one place earlier or later; at the edge it stays. */
export function moved<T>(list: readonly T[], index: number, step: 1 | -1): T[] {
  const other = index + step;
  const [a, b] = [list[index], list[other]];
  if (a === undefined || b === undefined) return [...list];
  return list.with(index, b).with(other, a);
}
