import { LRUCache } from 'lru-cache';

/** How long it is remembered which tags expired; whatever takes longer to be made is not kept. In milliseconds. */
const memory = 5 * 60_000;

/** The time by which making and expiring are compared: milliseconds, finer than a clock's, and never set back. */
export function instant(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Keeps what was made, up to `maxBytes` and each up to `largest`, the least used thrown out first. Each value stands under tags; when one of them
 * expires the value is gone, and one whose making had begun by then is never taken in.
 */
export class TaggedStore<V extends object> {
  #entries: LRUCache<string, { value: V; tags: readonly string[]; bytes: number }>;
  #keys = new Map<string, Set<string>>();
  #expired = new Map<string, number>();
  /** Of tags that expired before this nothing is known any more. */
  #forgotten = 0;

  constructor(maxBytes: number, largest = maxBytes) {
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      maxEntrySize: Math.min(largest, maxBytes),
      sizeCalculation: ({ bytes }) => bytes,
      dispose: ({ tags }, key) => this.#untag(key, tags),
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /**
   * Takes a value in that was made from `begun` on (an `instant()`), and says whether it still holds: `false` where one
   * of its tags expired since. A value that is too large holds, but is not kept.
   */
  put(
    key: string,
    value: V,
    { begun, tags, bytes }: { begun: number; tags: Iterable<string>; bytes: number },
  ): boolean {
    const list = [...tags];
    if (begun <= this.#forgotten) return false;
    if (list.some((tag) => (this.#expired.get(tag) ?? 0) >= begun)) return false;
    this.#entries.set(key, { value, tags: list, bytes: bytes + key.length });
    if (this.#entries.has(key)) {
      for (const tag of list) {
        const keys = this.#keys.get(tag);
        if (keys) keys.add(key);
        else this.#keys.set(tag, new Set([key]));
      }
    }
    return true;
  }

  /** Drops everything under these tags, at once. */
  expire(tags: Iterable<string>): void {
    const now = instant();
    for (const tag of tags) {
      for (const key of [...(this.#keys.get(tag) ?? [])]) this.#entries.delete(key);
      // Last in the order of the map, which is the order of time.
      this.#expired.delete(tag);
      this.#expired.set(tag, now);
    }
    for (const [tag, at] of this.#expired) {
      if (at > now - memory) break;
      this.#forgotten = at;
      this.#expired.delete(tag);
    }
  }

  #untag(key: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.#keys.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keys.delete(tag);
    }
  }
}
