/** Whether a query failed because somebody else was first with what this unique constraint or key admits only once. */
export function violates(error: unknown, constraint: string): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, constraint: violated } = cause as { code?: unknown; constraint?: unknown };
    if (code === '23505' && violated === constraint) return true;
  }
  return false;
}
