import { clock } from '#lib/clock.ts';
import { grantsOf } from '#lib/entitlements/queries.ts';
import { owns } from '#lib/entitlements/rules.ts';
import type { Actor } from '#lib/users/rules.ts';

/** Which issues the viewer may read now, as a question that can be asked of each issue on a page. */
export async function ownershipOf(viewer: Actor): Promise<(issueId: string) => boolean> {
  const grants = viewer.kind === 'person' ? await grantsOf(viewer.userId) : [];
  const now = clock.now();
  return (issueId) => owns(issueId, grants, now);
}
