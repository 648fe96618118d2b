import { eq } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { addJob } from '#db/jobs.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { publication } from '#db/schema/publication.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { changedFields } from '#lib/audit/rules.ts';
import { clock } from '#lib/clock.ts';
import type { AnnouncementInput, MenusInput, SettingsInput } from '#lib/publication/input.ts';
import { touched } from '#lib/publication/rules.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

type Refusal = 'forbidden' | 'not_found' | 'changed' | 'invalid';
type Change = Promise<Result<undefined, Refusal>>;

/**
 * What a form showed when it was opened, by field. Only what its sender changed since is written; what somebody else
 * changed meanwhile is never overwritten unseen. A field that is missing here is written as it comes.
 */
export type Opened<T> = Partial<Record<keyof T, unknown>>;

/** Saves what the magazine is: its name, where it is, how it looks. Every page shows it. */
export async function saveSettings(
  actor: Actor,
  input: SettingsInput,
  opened: Opened<SettingsInput> = {},
): Change {
  if (!may(actor, 'publication.edit')) return notYours();
  return save('publication.save', actor, input, opened, async (tx, { logoId }) => {
    if (!logoId || (await tx.$count(mediaAssets, eq(mediaAssets.id, logoId))) > 0) return null;
    const message = 'This picture does not exist any more.';
    return fail('invalid', message, { logoId: message });
  });
}

/**
 * Saves the announcement over every page. A new text gets a new number, so that readers who hid the last one see it; jobs
 * make the pages anew when it begins and when it ends.
 */
export async function saveAnnouncement(
  actor: Actor,
  input: AnnouncementInput,
  opened: Opened<AnnouncementInput> = {},
): Change {
  if (!may(actor, 'site.edit')) return notYours();
  const stands = input.bannerText !== '';
  const wanted = stands
    ? input
    : { bannerText: '', bannerHref: '', bannerFrom: null, bannerUntil: null };
  const announce = async (tx: Transaction) => {
    for (const [name, runAt] of [
      ['begins', wanted.bannerFrom],
      ['ends', wanted.bannerUntil],
    ] as const) {
      if (!runAt || runAt <= clock.now()) continue;
      const tags = [publicationTags.publication];
      await addJob(tx, 'publishing.expire', { tags }, { key: `banner ${name}`, runAt });
    }
    return null;
  };
  return save('publication.announce', actor, wanted, opened, announce, { whole: true });
}

/** Saves the menus and the links elsewhere, which stand at the head and at the foot of every page. */
export async function saveMenus(
  actor: Actor,
  input: MenusInput,
  opened: Opened<MenusInput> = {},
): Change {
  if (!may(actor, 'site.edit')) return notYours();
  return save('publication.menus', actor, input, opened, async () => null);
}

const notYours = () => fail('forbidden', 'You may not change the settings.');

type Fields = Partial<SettingsInput & AnnouncementInput & MenusInput>;

async function save<T extends Fields>(
  action: string,
  actor: Actor,
  wanted: T,
  opened: Opened<T>,
  /** What else there is to do, or why nothing may be done. */
  along: (tx: Transaction, wanted: T) => Promise<Failure<'invalid'> | null>,
  options: { whole?: boolean } = {},
): Change {
  return db().transaction(async (tx) => {
    const [row] = await tx.select().from(publication).for('update');
    if (!row) return fail('not_found', 'The publication has not been set up.');
    const now = { ...row, bannerText: row.bannerText ?? '', bannerHref: row.bannerHref ?? '' };
    const present = Object.fromEntries(
      Object.keys(wanted).map((name) => [name, now[name as keyof typeof now]]),
    ) as T;
    const { changes, conflicts } = touched(opened, present, wanted, options);
    if (conflicts.length > 0) return changedMeanwhile(conflicts, present);
    const refused = await along(tx, wanted);
    if (refused) return refused;
    if (Object.keys(changes).length === 0) return ok();
    const { bannerText, bannerHref } = changes;
    await tx.update(publication).set({
      ...changes,
      ...(bannerText === undefined ? {} : { bannerText: bannerText || null }),
      ...(bannerHref === undefined ? {} : { bannerHref: bannerHref || null }),
      bannerVersion: row.bannerVersion + (bannerText ? 1 : 0),
    });
    const subject = { kind: 'publication', id: 'publication' };
    await recordAudit(tx, actor, action, subject, changedFields(present, changes));
    await expirePages(tx, [publicationTags.publication]);
    return ok();
  });
}

/** Says what stands there now, beside each field. */
function changedMeanwhile(conflicts: string[], present: Fields): Failure<'changed'> {
  const fields = conflicts.map((name) => {
    const value = present[name as keyof Fields];
    const now = typeof value === 'string' && value ? `: it is “${value}” now` : '';
    return [name, `Somebody else changed this meanwhile${now}.`];
  });
  return fail(
    'changed',
    'Not saved: somebody else changed the same meanwhile. Load the page again to go on from there; what you wrote stays here until you do.',
    Object.fromEntries(fields),
  );
}
