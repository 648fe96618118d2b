import type { Transaction } from '#db/client.ts';

/**
 * Does `work` within `tx`, and answers `false` where it breaks a unique constraint: somebody else was there first, or in
 * the same instant. What `tx` did before stands either way.
 */
export async function unlessTaken(
  tx: Transaction,
  work: (inner: Transaction) => Promise<unknown>,
): Promise<boolean> {
  try {
    await tx.transaction((inner) => work(inner));
    return true;
  } catch (error) {
    if (breaksUnique(error)) return false;
    throw error;
  }
}

/**
 * Whether a query failed because somebody else was first with what a unique constraint or key, of these if any are named,
 * admits only once. https://www.postgresql.org/docs/current/errcodes-appendix.html: 23505, `unique_violation`.
 */
export function breaksUnique(error: unknown, ...constraints: string[]): boolean {
  if (!(error instanceof Error)) return false;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const named = constraints.length === 0 || constraints.some((name) => name === constraint);
  return (code === '23505' && named) || breaksUnique(error.cause, ...constraints);
}
