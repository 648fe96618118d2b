import { and, asc, eq, isNull, max, ne, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { putInOrder } from '#db/order.ts';
import {
  plans,
  postageCountries,
  postageRates,
  postageZones,
  products,
} from '#db/schema/catalog.ts';
import { unlessTaken } from '#db/unique.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import type { OrderInput } from '#lib/input.ts';
import { changedMeanwhile, touched } from '#lib/publication/rules.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import type { ZoneInput } from './input.ts';
import {
  changesForLog,
  forLog,
  type Moved,
  movedForLog,
  readZone,
  writeCountries,
  writeRates,
} from './rows.ts';

type Refusal = 'forbidden' | 'not_found' | 'taken' | 'changed' | 'invalid' | 'used';

const notYours = () => fail('forbidden', 'Only a publisher may change the postage.');
const gone = () => fail('not_found', 'This zone does not exist any more.');
const taken = () => {
  const message = 'Another zone has this name.';
  return fail('taken', message, { name: message });
};

/** Makes a zone, as the last one. Countries that lay in other zones lie in this one from then on. */
export async function createZone(
  actor: Actor,
  input: ZoneInput,
): Promise<Result<{ id: string; moved: Moved[] }, Refusal>> {
  if (!may(actor, 'catalog.price')) return notYours();
  return oneAfterTheOther(async (tx) => {
    const [last] = await tx.select({ position: max(postageZones.position) }).from(postageZones);
    const [zone] = await tx
      .insert(postageZones)
      .values({ name: input.name, ...input.days, position: (last?.position ?? 0) + 1 })
      .onConflictDoNothing({ target: postageZones.name })
      .returning({ id: postageZones.id });
    if (!zone) return taken();
    await writeRates(tx, zone.id, input);
    const moved = await writeCountries(tx, zone.id, input.countries);
    const detail = { ...forLog(input), ...(moved.length > 0 ? { moved: movedForLog(moved) } : {}) };
    await recordAudit(tx, actor, 'zone.create', { kind: 'zone', id: zone.id }, detail);
    await expirePages(tx, [publicationTags.plans]);
    return ok({ id: zone.id, moved });
  });
}

/**
 * Saves a zone. Countries that lay in other zones lie in this one from then on, and `moved` says from where they came.
 * `opened`: what the form showed; what somebody else changed since is never overwritten unseen.
 */
export async function saveZone(
  actor: Actor,
  id: string,
  input: ZoneInput,
  opened: Partial<Record<keyof ZoneInput, unknown>> = {},
): Promise<Result<{ moved: Moved[] }, Refusal>> {
  if (!may(actor, 'catalog.price')) return notYours();
  return oneAfterTheOther(async (tx) => {
    const present = await readZone(tx, id);
    if (!present) return gone();
    const { changes, conflicts } = touched(opened, present, input);
    if (conflicts.length > 0) return changedMeanwhile(conflicts);
    if (Object.keys(changes).length === 0) return ok({ moved: [] });
    const { name, days, countries, ...rates } = changes;
    if (name !== undefined || days) {
      const write = (inner: Transaction) =>
        inner
          .update(postageZones)
          .set({ ...(name === undefined ? {} : { name }), ...days })
          .where(eq(postageZones.id, id));
      if (!(await unlessTaken(tx, write))) return taken();
    }
    await writeRates(tx, id, rates);
    const moved = countries ? await writeCountries(tx, id, countries) : [];
    await recordAudit(
      tx,
      actor,
      'zone.save',
      { kind: 'zone', id },
      {
        ...changesForLog(present, changes),
        ...(moved.length > 0 ? { moved: movedForLog(moved) } : {}),
      },
    );
    await expirePages(tx, [publicationTags.plans]);
    return ok({ moved });
  });
}

/**
 * Deletes a zone. Its countries are the rest of the world's from then on, where a zone is; else nothing is posted there.
 * The last one that anything is posted by stays as long as print is sold.
 */
export async function removeZone(actor: Actor, id: string): Promise<Result<undefined, Refusal>> {
  if (!may(actor, 'catalog.price')) return notYours();
  return oneAfterTheOther(async (tx) => {
    const zone = await readZone(tx, id);
    if (!zone) return gone();
    if (!(await anotherServes(tx, id)) && (await sellsPrint(tx))) {
      return fail(
        'used',
        'This is the last zone, and print is sold: there would be nowhere to post it to. Make another zone first.',
      );
    }
    await tx.delete(postageZones).where(eq(postageZones.id, id));
    await recordAudit(tx, actor, 'zone.remove', { kind: 'zone', id }, forLog(zone));
    await expirePages(tx, [publicationTags.plans]);
    return ok();
  });
}

/** Puts the zones into another order, in which readers see them. Refused where they no longer stand as `order.from` says. */
export async function orderZones(
  actor: Actor,
  order: OrderInput,
): Promise<Result<undefined, Refusal>> {
  if (!may(actor, 'catalog.price')) return notYours();
  return oneAfterTheOther(async (tx) => {
    const rows = await tx
      .select({ id: postageZones.id, name: postageZones.name })
      .from(postageZones)
      .orderBy(asc(postageZones.position), asc(postageZones.name));
    const moved = await putInOrder(tx, postageZones, 'zones', rows, order);
    if (!moved.ok) return moved;
    if (moved.value) {
      await recordAudit(tx, actor, 'zone.order', { kind: 'zone', id: 'all' }, moved.value);
      await expirePages(tx, [publicationTags.plans]);
    }
    return ok();
  });
}

/** Zones share the countries: who changes one waits for who changes another. Who reads them doesn't wait. */
function oneAfterTheOther<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().transaction(async (tx) => {
    await tx.execute(sql`lock table ${postageZones} in share row exclusive mode`);
    return work(tx);
  });
}

/** Whether something would still be posted without this zone. */
async function anotherServes(tx: Transaction, id: string): Promise<boolean> {
  const others = await tx
    .select({ id: postageZones.id })
    .from(postageZones)
    .innerJoin(postageRates, eq(postageRates.zoneId, postageZones.id))
    .innerJoin(postageCountries, eq(postageCountries.zoneId, postageZones.id))
    .where(ne(postageZones.id, id))
    .limit(1);
  return others.length > 0;
}

async function sellsPrint(tx: Transaction): Promise<boolean> {
  const printed = and(eq(products.edition, 'print'), eq(products.active, true));
  const offered = and(eq(plans.includesPrint, true), isNull(plans.retiredAt));
  return (await tx.$count(products, printed)) + (await tx.$count(plans, offered)) > 0;
}
