import { and, desc, eq, exists, ne, or, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { products } from '#db/schema/catalog.ts';
import { issueFormerSlugs, issues } from '#db/schema/issues.ts';
import { orderLines } from '#db/schema/orders.ts';
import { users } from '#db/schema/users.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import { refuseRemoved } from '#lib/issues/chosen.ts';
import { type Head, headNames, mergeHead } from '#lib/issues/head.ts';
import type { IssueInput } from '#lib/issues/input.ts';
import { type IssueReason, type IssueRow, planning } from '#lib/issues/lock.ts';
import { orderOf, readPlan, writePlan } from '#lib/issues/places.ts';
import { issuePageTags } from '#lib/issues/queries.ts';
import { addressTaken } from '#lib/redirects/commands.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/** Begins an issue with the departments of the last one; nobody outside the office sees it before its release. */
export async function createIssue(
  actor: Actor,
  input: IssueInput,
): Promise<Result<{ id: string }, IssueReason>> {
  if (!may(actor, 'issues.plan')) return fail('forbidden', 'You may not plan issues.');
  return db().transaction(async (tx) => {
    const refused = (await refuseTaken(tx, input, null)) ?? (await refuseRemoved(tx, input));
    if (refused) return refused;
    const [last] = await tx
      .select({ id: issues.id })
      .from(issues)
      .orderBy(desc(issues.number))
      .limit(1);
    const [row] = await tx
      .insert(issues)
      .values({ ...input, createdBy: actor.kind === 'person' ? actor.userId : null })
      .returning({ id: issues.id });
    if (!row) throw new Error('No issue was made');
    const departments = last ? await readPlan(tx, last.id) : [];
    await writePlan(
      tx,
      row.id,
      departments.map(({ name }) => ({ name, places: [] })),
    );
    const { title, number } = input;
    await recordAudit(tx, actor, 'issue.create', { kind: 'issue', id: row.id }, { title, number });
    return ok(row);
  });
}

/**
 * Changes an issue's data; a published one changes at once, and a former address redirects. `base` is what the form
 * began from: what the actor left as it was stays as somebody else has made it meanwhile, and where both changed the same
 * field, nothing is saved (`conflict`) and `fields` says what stands there now.
 */
export async function saveIssue(
  actor: Actor,
  id: string,
  input: IssueInput,
  base?: IssueInput,
): Promise<Result<undefined, IssueReason | 'conflict'>> {
  return planning(actor, id, async (tx, issue) => {
    const merged = mergeHead(issue, base ?? issue, input);
    if (merged.kind === 'conflict') return refuseLate(tx, id, merged.fields);
    const { head } = merged;
    const changed = changedFields(issue, head);
    if (Object.keys(changed).length === 0) return ok();
    const refused = (await refuseTaken(tx, head, id)) ?? (await refuseRemoved(tx, head));
    if (refused) return refused;
    const before = await issuePageTags(tx, id);
    if (head.slug !== issue.slug) await moveAddress(tx, issue, head.slug);
    await tx.update(issues).set(head).where(eq(issues.id, id));
    await expirePages(tx, [...before, ...(await issuePageTags(tx, id))]);
    await recordAudit(
      tx,
      actor,
      'issue.save',
      { kind: 'issue', id },
      { title: head.title, ...changed },
    );
    if (issue.publishedAt && head.slug !== issue.slug) {
      await addressTaken(tx, actor, [`/issues/${head.slug}`]);
    }
    return ok();
  });
}

/** Deletes an issue that never came out and that nothing stands in. Of what was sold nothing is ever deleted. */
export async function deleteIssue(
  actor: Actor,
  id: string,
): Promise<Result<undefined, IssueReason>> {
  return planning(actor, id, async (tx, issue) => {
    if (issue.publishedAt) return fail('in_use', 'An issue that is out is not deleted.');
    if (issue.scheduledFor) return fail('in_use', 'Take its appointment back first.');
    if ((await orderOf(tx, id)).length > 0) {
      return fail('in_use', 'Articles stand in this issue: take them out first.');
    }
    const sold = await tx
      .select({ id: products.id })
      .from(products)
      .where(
        and(
          eq(products.issueId, id),
          exists(tx.select().from(orderLines).where(eq(orderLines.productId, products.id))),
        ),
      );
    if (sold.length > 0) return fail('in_use', 'It was ordered once, so it is kept.');
    const { title, number } = issue;
    await recordAudit(tx, actor, 'issue.delete', { kind: 'issue', id }, { title, number });
    await tx.delete(issues).where(eq(issues.id, id));
    return ok();
  });
}

async function moveAddress(tx: Transaction, issue: IssueRow, slug: string): Promise<void> {
  await tx
    .delete(issueFormerSlugs)
    .where(and(eq(issueFormerSlugs.slug, slug), eq(issueFormerSlugs.issueId, issue.id)));
  if (!issue.publishedAt) return;
  // Who publishes one of its articles meanwhile would expire the page at the address that the issue had.
  for (const articleId of await orderOf(tx, issue.id)) await lockArticle(tx, articleId);
  await tx.insert(issueFormerSlugs).values({ slug: issue.slug, issueId: issue.id });
}

/** What somebody else changed, and who it was. */
async function refuseLate(
  tx: Transaction,
  id: string,
  fields: Partial<Record<keyof Head, string>>,
): Promise<Failure<'conflict'>> {
  const [last] = await tx
    .select({ email: users.email, name: users.name })
    .from(auditEntries)
    .innerJoin(users, eq(users.id, auditEntries.actorId))
    .where(
      and(
        eq(auditEntries.subjectKind, 'issue'),
        eq(auditEntries.subjectId, id),
        eq(auditEntries.action, 'issue.save'),
      ),
    )
    .orderBy(desc(auditEntries.at))
    .limit(1);
  const who = last ? (last.name ?? last.email) : 'Somebody else';
  const what = (Object.keys(fields) as (keyof Head)[]).map((field) => headNames[field]).join(', ');
  return fail(
    'conflict',
    `Not saved: ${who} changed this meanwhile: ${what}. What you typed is still here; Save again puts it in the place of theirs.`,
    fields,
  );
}

/**
 * An address or a number that another issue has (or, for an address, had). Numbers and addresses are given one after the
 * other, so that two people at once don't choose the same.
 */
async function refuseTaken(
  tx: Transaction,
  input: Pick<IssueInput, 'slug' | 'number'>,
  exceptId: string | null,
): Promise<Failure<'taken'> | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('issues', 0))`);
  const others = await tx
    .select({ slug: issues.slug, number: issues.number })
    .from(issues)
    .where(
      and(
        or(eq(issues.slug, input.slug), eq(issues.number, input.number)),
        exceptId ? ne(issues.id, exceptId) : undefined,
      ),
    );
  const former = await tx.$count(
    issueFormerSlugs,
    and(
      eq(issueFormerSlugs.slug, input.slug),
      exceptId ? ne(issueFormerSlugs.issueId, exceptId) : undefined,
    ),
  );
  const fields: Record<string, string> = {};
  if (former > 0 || others.some(({ slug }) => slug === input.slug)) {
    fields.slug = 'Another issue has or had this address.';
  }
  if (others.some(({ number }) => number === input.number)) {
    fields.number = 'Another issue has this number.';
  }
  if (Object.keys(fields).length === 0) return null;
  return fail('taken', 'Another issue is in the way.', fields);
}
