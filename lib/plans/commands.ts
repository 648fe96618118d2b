import { and, asc, eq, isNull, like, max, or } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { putInOrder } from '#db/order.ts';
import { plans } from '#db/schema/catalog.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import type { OrderInput } from '#lib/input.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { slugify } from '#lib/slug.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import type { PlanInput } from './input.ts';
import { type DeskPlan, readPlan } from './queries.ts';
import { inputOf, namesForLog, writePrices, writeTerms } from './rows.ts';

export type Refusal = 'forbidden' | 'not_found' | 'changed' | 'invalid' | 'sold';
type Change = Promise<Result<undefined, Refusal>>;
type Made = Promise<Result<{ id: string }, Refusal>>;

export const notYours = () => fail('forbidden', 'Only a publisher may change what is sold.');
export const gone = () => fail('not_found', 'This plan does not exist any more.');

/** Makes a plan, as the last one. It is not on offer yet: `offerPlan` shows it to readers. */
export async function createPlan(actor: Actor, input: PlanInput): Made {
  if (!may(actor, 'catalog.price')) return notYours();
  return db().transaction(async (tx) => {
    const id = await addPlan(tx, input);
    await recordAudit(tx, actor, 'plan.create', { kind: 'plan', id }, namesForLog(input));
    return ok({ id });
  });
}

/**
 * Makes another plan with the same terms and prices, not on offer yet: so terms are changed, of which the subscribers of
 * the first one keep theirs.
 */
export async function copyPlan(actor: Actor, id: string): Made {
  if (!may(actor, 'catalog.price')) return notYours();
  return db().transaction(async (tx) => {
    const plan = await lockPlan(tx, id);
    if (!plan) return gone();
    const name = `${plan.name.slice(0, 73)} (copy)`;
    const copyId = await addPlan(tx, { ...inputOf(plan), name });
    const subject = { kind: 'plan', id: copyId };
    await recordAudit(tx, actor, 'plan.copy', subject, { name, of: plan.name });
    return ok({ id: copyId });
  });
}

/** Shows a plan to readers, be it for the first time or again. */
export async function offerPlan(actor: Actor, id: string): Change {
  return putOnOffer(actor, id, true);
}

/** Takes a plan off offer. Subscriptions that run on it run on, with its terms. */
export async function retirePlan(actor: Actor, id: string): Change {
  return putOnOffer(actor, id, false);
}

/**
 * Puts the plans on offer into another order, in which readers see them. Refused where they no longer stand as `order.from` says:
 * somebody else has ordered, offered or retired some meanwhile.
 */
export async function orderPlans(actor: Actor, order: OrderInput): Change {
  if (!may(actor, 'catalog.price')) return notYours();
  return db().transaction(async (tx) => {
    // Locked in the order of their ids, and read after that: two who order plans don't wait for each other.
    await tx.select({ id: plans.id }).from(plans).orderBy(asc(plans.id)).for('update');
    const rows = await tx
      .select({ id: plans.id, name: plans.name })
      .from(plans)
      .where(isNull(plans.retiredAt))
      .orderBy(asc(plans.position), asc(plans.name), asc(plans.id));
    const moved = await putInOrder(tx, plans, 'plans on offer', rows, order);
    if (!moved.ok) return moved;
    if (moved.value) {
      await recordAudit(tx, actor, 'plan.order', { kind: 'plan', id: 'all' }, moved.value);
      await expirePages(tx, [publicationTags.plans]);
    }
    return ok();
  });
}

/** Deletes a plan that nobody ever subscribed to. */
export async function removePlan(actor: Actor, id: string): Change {
  if (!may(actor, 'catalog.price')) return notYours();
  return db().transaction(async (tx) => {
    const plan = await lockPlan(tx, id);
    if (!plan) return gone();
    if (plan.sold) {
      return fail('sold', 'Somebody subscribed to this plan, so it stays. Retire it instead.');
    }
    await tx.delete(plans).where(eq(plans.id, id));
    await recordAudit(tx, actor, 'plan.remove', { kind: 'plan', id }, namesForLog(inputOf(plan)));
    if (!plan.retiredAt) await expirePages(tx, [publicationTags.plans]);
    return ok();
  });
}

/** The plan, its row locked until the transaction ends: nobody subscribes to it before that. */
export async function lockPlan(tx: Transaction, id: string): Promise<DeskPlan | null> {
  if (!isId(id)) return null;
  await tx.select({ id: plans.id }).from(plans).where(eq(plans.id, id)).for('update');
  return readPlan(tx, id);
}

async function putOnOffer(actor: Actor, id: string, offered: boolean): Change {
  if (!may(actor, 'catalog.price')) return notYours();
  return db().transaction(async (tx) => {
    const plan = await lockPlan(tx, id);
    if (!plan) return gone();
    if ((plan.retiredAt === null) === offered) return ok();
    const retiredAt = offered ? null : clock.now();
    await tx.update(plans).set({ retiredAt }).where(eq(plans.id, id));
    const action = offered ? 'plan.offer' : 'plan.retire';
    await recordAudit(
      tx,
      actor,
      action,
      { kind: 'plan', id },
      { name: plan.name, subscriptions: plan.running },
    );
    await expirePages(tx, [publicationTags.plans]);
    return ok();
  });
}

async function addPlan(tx: Transaction, input: PlanInput): Promise<string> {
  const [last] = await tx.select({ position: max(plans.position) }).from(plans);
  const { name, description, terms } = input;
  for (;;) {
    const [row] = await tx
      .insert(plans)
      .values({
        ...{ name, description, slug: await freeSlug(tx, name) },
        ...writeTerms(terms),
        position: (last?.position ?? 0) + 1,
        retiredAt: clock.now(),
      })
      .onConflictDoNothing({ target: plans.slug })
      .returning({ id: plans.id });
    // Who had the same address in the same instant has it now, and the next free one is another.
    if (!row) continue;
    await writePrices(tx, row.id, input);
    return row.id;
  }
}

/** An address that no plan has: made from the name, with a number where it is taken. It stays when the name changes. */
async function freeSlug(tx: Transaction, name: string): Promise<string> {
  const base = slugify(name).slice(0, 88).replace(/-+$/, '') || 'plan';
  const rows = await tx
    .select({ slug: plans.slug })
    .from(plans)
    .where(or(eq(plans.slug, base), and(like(plans.slug, `${base}-%`))));
  const taken = new Set(rows.map(({ slug }) => slug));
  let slug = base;
  for (let number = 2; taken.has(slug); number += 1) slug = `${base}-${number}`;
  return slug;
}
