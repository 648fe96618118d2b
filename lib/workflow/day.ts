import { db, type Executor } from '#db/client.ts';
import { publication } from '#db/schema/publication.ts';
import { clock } from '#lib/clock.ts';
import { dayIn } from '#lib/workflow/rules.ts';

/** Today where the magazine is, as `2026-11-23`. */
export async function publicationDay(executor: Executor = db()): Promise<string> {
  return dayIn(await publicationZone(executor), clock.now());
}

/** The IANA name of the publication's time zone. */
export async function publicationZone(executor: Executor = db()): Promise<string> {
  const [row] = await executor.select({ timeZone: publication.timeZone }).from(publication);
  return row?.timeZone ?? 'UTC';
}
