type Tally = Record<'mail.sent' | 'mail.failed' | 'webhook.taken' | 'webhook.refused', number>;

const key = Symbol.for('broadside.tally');
const shared = globalThis as typeof globalThis & { [key]?: Tally };

/**
 * How often the magazine did something that an operator wants to watch, since the process began. One tally a process:
 * the server and Next's bundles are separate module instances.
 */
export function tally(): Tally {
  shared[key] ??= { 'mail.sent': 0, 'mail.failed': 0, 'webhook.taken': 0, 'webhook.refused': 0 };
  return shared[key];
}
