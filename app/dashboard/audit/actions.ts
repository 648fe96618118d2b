'use server';

import { refused } from '#app/dashboard/answer.ts';
import type { Told } from '#components/security/told.ts';
import { mayExportLog } from '#lib/audit/export.ts';
import { currentActor } from '#lib/auth/session.ts';

/** Whether the log may be taken out now; the export itself asks again. */
export async function checkExport(): Promise<Told<undefined>> {
  const allowed = mayExportLog(await currentActor());
  return allowed.ok ? allowed : { ...refused(allowed), ok: false };
}
