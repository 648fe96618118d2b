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
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: 23505, `unique_violation`. */
function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === '23505') || isUniqueViolation(error.cause);
}
