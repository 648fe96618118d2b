import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { overrideSettings } from '#lib/env.ts';
import type { Actor } from '#lib/users/rules.ts';
import { uploadPicture } from './commands.ts';
import { twoHalves } from './pictures.fixture.ts';

/**
 * A storage of the test file's own, empty at the start of each test. The process opens its storage once, so all tests of
 * the file share the folder's name. Answers where the files lie.
 */
export async function useLibrary(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'broadside-library-'));
  const folder = join(dataDir, 'media');
  overrideSettings({ dataDir });
  beforeEach(() => rm(folder, { recursive: true, force: true }));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));
  return folder;
}

/** The words of every picture made here. */
export const words = { alt: 'A boat', caption: '', credit: 'Ann', licence: '' };

export async function file(width = 400) {
  const bytes = await twoHalves(width, width / 2)
    .png()
    .toBuffer();
  return { bytes, filename: `${width}.png` };
}

/** A picture of 400 × 200 pixels, uploaded by this person or a writer; answers its id. */
export async function aPicture(by?: Actor, details: Partial<typeof words> = {}): Promise<string> {
  const actor = by ?? (await aPerson({ staffRole: 'writer' }));
  const taken = await uploadPicture(actor, await file(), { ...words, ...details });
  if (!taken.ok) throw new Error(taken.message);
  return taken.value.id;
}

export async function rowOf(id: string) {
  const [row] = await db().select().from(mediaAssets).where(eq(mediaAssets.id, id));
  return row;
}

/** What the log holds of this action. */
export function audited(action: string) {
  return db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, action))
    .orderBy(asc(auditEntries.at));
}

/** What waits to be tidied up. */
export async function tidyJobs(): Promise<{ pictureId: string; storageKey: string }[]> {
  const { rows } = await db().execute<{ payload: { pictureId: string; storageKey: string } }>(sql`
    select payload from graphile_worker._private_jobs jobs
    join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
    where tasks.identifier = 'media.tidy'`);
  return rows.map(({ payload }) => payload);
}
