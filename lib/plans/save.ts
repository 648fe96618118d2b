import { eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { plans } from '#db/schema/catalog.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedMeanwhile, touched } from '#lib/publication/rules.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { gone, lockPlan, notYours, type Refusal } from './commands.ts';
import type { PlanInput } from './input.ts';
import { changesForLog, inputOf, writePrices, writeTerms } from './rows.ts';
import { sameTerms } from './rules.ts';

/**
 * Saves what a plan is called, says and costs, and, as long as nobody has subscribed to it, its terms. Who subscribed
 * keeps terms and price. `opened`: what the form showed; what somebody else changed since is never overwritten unseen.
 */
export async function savePlan(
  actor: Actor,
  id: string,
  input: PlanInput,
  opened: Partial<Record<keyof PlanInput, unknown>> = {},
): Promise<Result<undefined, Refusal>> {
  if (!may(actor, 'catalog.price')) return notYours();
  return db().transaction(async (tx) => {
    const plan = await lockPlan(tx, id);
    if (!plan) return gone();
    const present = inputOf(plan);
    const wanted = {
      ...input,
      terms: sameTerms(input.terms, present.terms) ? present.terms : input.terms,
    };
    const { changes, conflicts } = touched(opened, present, wanted);
    if (conflicts.length > 0) return changedMeanwhile(conflicts);
    if (plan.sold && changes.terms) return sold();
    if (Object.keys(changes).length === 0) return ok();
    const { name, description, terms, ...prices } = changes;
    const columns = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(terms === undefined ? {} : writeTerms(terms)),
    };
    if (Object.keys(columns).length > 0) {
      await tx.update(plans).set(columns).where(eq(plans.id, id));
    }
    await writePrices(tx, id, prices);
    const subject = { kind: 'plan', id };
    await recordAudit(tx, actor, 'plan.save', subject, changesForLog(present, changes));
    if (!plan.retiredAt) await expirePages(tx, [publicationTags.plans]);
    return ok();
  });
}

function sold(): Failure<'sold'> {
  const message =
    'Somebody has subscribed to this plan, and keeps what was agreed. Make a copy, and change that.';
  return fail('sold', `Not saved. ${message}`, { terms: message });
}
