import { asc, eq } from 'drizzle-orm';
import type { Executor, Transaction } from '#db/client.ts';
import { issueDepartments, placements } from '#db/schema/issues.ts';
import { fingerprint } from '#lib/fingerprint.ts';
import { type Plan, placesOf } from '#lib/issues/board.ts';

/** What stands where in an issue, as it is now. */
export async function readPlan(executor: Executor, issueId: string): Promise<Plan> {
  const named = await executor
    .select({ name: issueDepartments.name })
    .from(issueDepartments)
    .where(eq(issueDepartments.issueId, issueId))
    .orderBy(asc(issueDepartments.position), asc(issueDepartments.name));
  const rows = await executor
    .select()
    .from(placements)
    .where(eq(placements.issueId, issueId))
    .orderBy(asc(placements.position));
  const plan: Plan = named.map(({ name }) => ({ name, places: [] }));
  for (const { department, articleId, page, pageCount, wordBudget } of rows) {
    let into = plan.find(({ name }) => name === department);
    if (!into) {
      into = { name: department, places: [] };
      plan.push(into);
    }
    into.places.push({ articleId, page, pageCount, wordBudget });
  }
  return plan;
}

/** A short name of a plan: another plan has another one. Who changes a plan says which one they saw. */
export function planVersion(plan: Plan): string {
  const exact = plan.map(({ name, places }) => [
    name,
    places.map(({ articleId, page, pageCount, wordBudget }) => [
      articleId,
      page,
      pageCount,
      wordBudget,
    ]),
  ]);
  return fingerprint(exact);
}

/** The articles of an issue, in its order. */
export async function orderOf(tx: Transaction, issueId: string): Promise<string[]> {
  return placesOf(await readPlan(tx, issueId)).map(({ articleId }) => articleId);
}

/** Writes a plan in the place of the issue's own. The issue is locked, and no article stands in another one. */
export async function writePlan(tx: Transaction, issueId: string, plan: Plan): Promise<void> {
  await tx.delete(placements).where(eq(placements.issueId, issueId));
  await tx.delete(issueDepartments).where(eq(issueDepartments.issueId, issueId));
  if (plan.length === 0) return;
  await tx
    .insert(issueDepartments)
    .values(plan.map(({ name }, index) => ({ issueId, name, position: index + 1 })));
  const rows = plan.flatMap(({ name, places }) =>
    places.map((place) => ({ ...place, issueId, department: name })),
  );
  if (rows.length === 0) return;
  await tx.insert(placements).values(rows.map((row, index) => ({ ...row, position: index + 1 })));
}
