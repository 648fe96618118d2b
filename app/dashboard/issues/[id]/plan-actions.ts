'use server';

import { expired } from '#app/expire.ts';
import type { ArrangeAnswer } from '#components/dashboard/issue/plan-state.ts';
import type { Tray } from '#components/dashboard/issue/tray.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { isId } from '#lib/ids.ts';
import { parseInput } from '#lib/input.ts';
import { arrangeIssue, placeArticle } from '#lib/issues/arrange.ts';
import { chooseEditorial } from '#lib/issues/editorial.ts';
import { placementInput, planInput } from '#lib/issues/input.ts';
import { findBoard, listUnplaced } from '#lib/publishing/issue-desk.ts';
import type { Result } from '#lib/result.ts';

/** Takes the board's whole plan; refused, it answers the plan that stands. */
export async function arrange(
  issueId: string,
  change: { version: string; plan: unknown },
): Promise<ArrangeAnswer> {
  const actor = await currentActor();
  const input = parseInput(planInput, change?.plan);
  const version = String(change?.version);
  const arranged = input.ok
    ? await arrangeIssue(actor, String(issueId), { version, plan: input.value })
    : input;
  if (arranged.ok) {
    await expired();
    return { ok: true, version: arranged.value.version };
  }
  const board = await findBoard(actor, String(issueId));
  const late = arranged.reason === 'conflict';
  const message = input.ok ? arranged.message : Object.values(arranged.fields ?? {}).join(' ');
  return {
    ok: false,
    message: late
      ? `${message} The board shows how it stands now; your last change was not made.`
      : message,
    board,
  };
}

export async function searchTray(search: string): Promise<Tray> {
  return listUnplaced(await currentActor(), String(search));
}

export async function editorial(issueId: string, articleId: string | null): Promise<string> {
  if (articleId !== null && !isId(articleId)) return 'This article does not exist any more.';
  const chosen = await chooseEditorial(await currentActor(), String(issueId), articleId);
  return answer(chosen, articleId ? 'It opens the issue now.' : 'No article opens the issue now.');
}

export async function moveToIssue(
  issueId: string,
  articleId: string,
  department: string,
): Promise<string> {
  const input = parseInput(placementInput, { articleId, department, page: null });
  if (!input.ok) return input.message;
  const placed = await placeArticle(await currentActor(), String(issueId), input.value);
  return answer(placed, 'Moved to the other issue.');
}

async function answer(changed: Result<undefined>, message: string): Promise<string> {
  if (!changed.ok) return changed.message;
  await expired();
  return message;
}
