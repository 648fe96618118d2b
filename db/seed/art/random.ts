/** A stream of pseudo-random numbers that is the same for the same key, so that a drawing never changes. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  between(low: number, high: number): number;
  /** A whole number, both ends included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
};

/** A field of smooth random values between 0 and 1. */
export type Field = (x: number, y: number) => number;

export function seeded(key: string): Random {
  let state = hash(key);
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => low + Math.floor((high - low + 1) * next()),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(items.length * next())] ?? items[0],
  };
}

/** Value noise: random values on a lattice `scale` pixels wide, eased in between. */
export function noise(random: Random, scale: number): Field {
  const salt = random.whole(1, 1_000_000);
  const at = (column: number, row: number) => {
    const mixed = Math.imul(column * 374761393 + row * 668265263 + salt, 1274126177);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
  };
  return (x, y) => {
    const column = Math.floor(x / scale);
    const row = Math.floor(y / scale);
    const across = ease(x / scale - column);
    const down = ease(y / scale - row);
    const top = at(column, row) * (1 - across) + at(column + 1, row) * across;
    const bottom = at(column, row + 1) * (1 - across) + at(column + 1, row + 1) * across;
    return top * (1 - down) + bottom * down;
  };
}

export function hash(text: string): number {
  let value = 2166136261;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 16777619);
  return value >>> 0;
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}
