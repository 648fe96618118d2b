import { eq, inArray, or, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { redirects } from '#db/schema/redirects.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { longestImport } from '#lib/redirects/input.ts';
import { livePaths } from '#lib/redirects/queries.ts';
import {
  fromPath,
  pathOf,
  planRedirects,
  type RedirectPair,
  type RedirectPlan,
  type Refused,
  targetAddress,
} from '#lib/redirects/rules.ts';
import { redirectTags } from '#lib/redirects/tags.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

type Refusal = 'forbidden' | 'not_found' | 'invalid' | 'refused';

const notYours = () => fail('forbidden', 'Only a publisher may change the redirects.');

/** Sends readers of an address elsewhere for good. Whoever was sent to it before is sent on at once. */
export async function addRedirect(
  actor: Actor,
  pair: RedirectPair,
): Promise<Result<undefined, Refusal>> {
  if (!may(actor, 'site.edit')) return notYours();
  const cleaned = clean(pair);
  if (!cleaned.ok) return cleaned;
  return db().transaction(async (tx) => {
    const plan = await write(tx, actor, [cleaned.value]);
    const [refused] = plan.refused;
    if (refused) return fail('refused', refused.why, { from: refused.why });
    if (plan.added > 0) {
      const subject = { kind: 'redirect', id: cleaned.value.from };
      await recordAudit(tx, actor, 'redirect.add', subject, cleaned.value);
    }
    return ok();
  });
}

/** What an import does, or would do: how many are added, how many are there already, and what is refused and why. */
export type ImportReport = { added: number; present: number; refused: Refused[] };

/** Adds a whole list, as far as it can be. `dryRun`: says what would happen, and changes nothing. */
export async function importRedirects(
  actor: Actor,
  pairs: readonly RedirectPair[],
  { dryRun }: { dryRun: boolean },
): Promise<Result<ImportReport, Refusal>> {
  if (!may(actor, 'site.edit')) return notYours();
  if (pairs.length > longestImport) {
    const message = `At most ${longestImport} lines at a time.`;
    return fail('invalid', message, { list: message });
  }
  const refused: Refused[] = [];
  const cleaned: RedirectPair[] = [];
  for (const pair of pairs) {
    const one = clean(pair);
    if (one.ok) cleaned.push(one.value);
    else refused.push({ ...pair, why: one.message });
  }
  return db().transaction(async (tx) => {
    const plan = await (dryRun ? planned(tx, cleaned) : write(tx, actor, cleaned));
    if (!dryRun && plan.added > 0) {
      const subject = { kind: 'redirect', id: 'import' };
      await recordAudit(tx, actor, 'redirect.import', subject, { added: plan.added });
    }
    const present = cleaned.length - plan.added - plan.refused.length;
    return ok({ added: plan.added, present, refused: [...refused, ...plan.refused] });
  });
}

/** Takes a redirect away: readers of its address get what stands there, or that nothing does. */
export async function removeRedirect(
  actor: Actor,
  from: string,
): Promise<Result<undefined, Refusal>> {
  if (!may(actor, 'site.edit')) return notYours();
  return db().transaction(async (tx) => {
    await lockRedirects(tx);
    const [gone] = await tx
      .delete(redirects)
      .where(eq(redirects.fromPath, from))
      .returning({ from: redirects.fromPath, to: redirects.target });
    if (!gone) return fail('not_found', 'This redirect does not exist any more.');
    await recordAudit(tx, actor, 'redirect.remove', { kind: 'redirect', id: from }, gone);
    await expirePages(tx, [redirectTags.all]);
    return ok();
  });
}

/**
 * A page moved from one path to another: the old one leads to the new one for good. Called in the transaction of the
 * move, after the rows of what moves are locked and changed.
 */
export async function addressMoved(
  tx: Transaction,
  actor: Actor,
  from: string,
  to: string,
): Promise<void> {
  await addressTaken(tx, actor, [to]);
  await tx.delete(redirects).where(eq(redirects.fromPath, from));
  await write(tx, null, [{ from, to }]);
}

/**
 * Pages stand at these paths from now on: they are redirected no more, on record. Called in the transaction that puts them
 * there, after it has locked whatever else it locks: whoever changes a redirect waits for its end.
 */
export async function addressTaken(
  tx: Transaction,
  actor: Actor,
  paths: readonly string[],
): Promise<void> {
  if (paths.length === 0) return;
  await lockRedirects(tx);
  const gone = await tx
    .delete(redirects)
    .where(inArray(redirects.fromPath, [...paths]))
    .returning({ from: redirects.fromPath, to: redirects.target });
  if (gone.length === 0) return;
  for (const one of gone) {
    const detail = { ...one, because: 'A page stands there now.' };
    await recordAudit(tx, actor, 'redirect.remove', { kind: 'redirect', id: one.from }, detail);
  }
  await expirePages(tx, [redirectTags.all]);
}

/** One after the other: what leads where is only known while nobody else changes it. */
async function lockRedirects(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('redirects', 0))`);
}

function clean({ from, to }: RedirectPair): Result<RedirectPair, 'invalid'> {
  const origin = env().siteUrl;
  const path = fromPath(from, origin);
  if (!path.ok) return { ...path, fields: { from: path.message } };
  const target = targetAddress(to, origin);
  if (!target.ok) return { ...target, fields: { to: target.message } };
  return ok({ from: path.value, to: target.value });
}

async function planned(tx: Transaction, pairs: readonly RedirectPair[]): Promise<RedirectPlan> {
  await lockRedirects(tx);
  const starts = pairs.map(({ from }) => from);
  const ends = pairs.flatMap(({ to }) => pathOf(to) ?? []);
  const rows = await tx
    .select({ from: redirects.fromPath, target: redirects.target })
    .from(redirects)
    .where(
      or(
        inArray(redirects.fromPath, [...starts, ...ends]),
        // A target is stored encoded, with query and fragment.
        inArray(
          sql`regexp_replace(${redirects.target}, '[?#].*$', '')`,
          starts.map((path) => encodedPath(path)),
        ),
      ),
    );
  const live = await livePaths(tx, starts);
  return planRedirects(pairs, new Map(rows.map(({ from, target }) => [from, target])), (path) =>
    live.has(path),
  );
}

async function write(
  tx: Transaction,
  actor: Actor | null,
  pairs: readonly RedirectPair[],
): Promise<RedirectPlan> {
  const plan = await planned(tx, pairs);
  if (plan.changes.size === 0) return plan;
  const createdBy = actor?.kind === 'person' ? actor.userId : null;
  const rows = [...plan.changes].map(([from, target]) => ({
    fromPath: from,
    target,
    automatic: actor === null,
    createdBy,
    createdAt: clock.now(),
  }));
  for (let start = 0; start < rows.length; start += 1_000) {
    await tx
      .insert(redirects)
      .values(rows.slice(start, start + 1_000))
      // One that is led on stays who made it and when.
      .onConflictDoUpdate({ target: redirects.fromPath, set: { target: sql`excluded.target` } });
  }
  await expirePages(tx, [redirectTags.all]);
  return plan;
}

/** A decoded path as `targetAddress` stores it. */
function encodedPath(path: string): string {
  return new URL(encodeURI(path).replace(/[?#]/g, encodeURIComponent), 'https://site.invalid')
    .pathname;
}
