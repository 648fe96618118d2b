export const tallied = ['mail.sent', 'mail.failed', 'webhook.taken', 'webhook.refused'] as const;
export type Tallied = (typeof tallied)[number];

const key = Symbol.for('broadside.tally');
const shared = globalThis as typeof globalThis & { [key]?: Record<Tallied, number> };

/**
 * How often the magazine did something that an operator wants to watch, since the process began. One tally a process:
 * the server and Next's bundles are separate module instances.
 */
export function tally(): Record<Tallied, number> {
  shared[key] ??= { 'mail.sent': 0, 'mail.failed': 0, 'webhook.taken': 0, 'webhook.refused': 0 };
  return shared[key];
}
