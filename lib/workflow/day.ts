import { db, type Executor } from '#db/client.ts';
import { clock } from '#lib/clock.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import { dayIn } from '#lib/workflow/rules.ts';

/** Today where the magazine is, as `2026-11-23`. */
export async function publicationDay(executor: Executor = db()): Promise<string> {
  return dayIn(await findTimeZone(executor), clock.now());
}
