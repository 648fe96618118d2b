import { db } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { addJob } from '#db/jobs.ts';
import { publication } from '#db/schema/publication.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import { clock } from '#lib/clock.ts';
import type { PublicationInput } from '#lib/publication/input.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/**
 * Saves what every page shows of the magazine itself. A new announcement gets a new number, so that readers who hid the
 * last one see it; jobs make the pages anew when it begins and when it ends.
 */
export async function savePublication(
  actor: Actor,
  input: PublicationInput,
): Promise<Result<undefined, 'forbidden' | 'not_found'>> {
  if (!may(actor, 'publication.edit')) return fail('forbidden', 'You may not change the settings.');
  return db().transaction(async (tx) => {
    const [before] = await tx.select().from(publication).for('update');
    if (!before) return fail('not_found', 'The publication has not been set up.');
    const bannerText = input.bannerText || null;
    const renewed = bannerText !== null && bannerText !== before.bannerText;
    const after = {
      ...input,
      bannerText,
      bannerHref: input.bannerHref || null,
      bannerFrom: bannerText ? input.bannerFrom : null,
      bannerUntil: bannerText ? input.bannerUntil : null,
      bannerVersion: before.bannerVersion + (renewed ? 1 : 0),
    };
    await tx.update(publication).set(after);
    for (const [name, runAt] of [
      ['begins', input.bannerFrom],
      ['ends', input.bannerUntil],
    ] as const) {
      if (!bannerText || !runAt || runAt <= clock.now()) continue;
      const tags = [publicationTags.publication];
      await addJob(tx, 'publishing.expire', { tags }, { key: `banner ${name}`, runAt });
    }
    const subject = { kind: 'publication', id: 'publication' };
    await recordAudit(tx, actor, 'publication.save', subject, changedFields(before, after));
    await expirePages(tx, [publicationTags.publication]);
    return ok();
  });
}
