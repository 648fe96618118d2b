type Clock = { now: () => Date };

const key = Symbol.for('broadside.clock');
const shared = globalThis as typeof globalThis & { [key]?: Clock };

/**
 * The time of everything that is decided or stored. One clock a process: the server and Next's bundles are separate
 * module instances, so it hangs on `globalThis`.
 */
export const clock: Clock = {
  now: () => shared[key]?.now() ?? new Date(),
};

/** Sets the clock for a test; `null` gives the machine's time back. */
export function setClock(now: (() => Date) | null): void {
  if (now) shared[key] = { now };
  else delete shared[key];
}
