import type { PresenceReply, SaveReply } from '#components/dashboard/desk/replies.ts';
import type { Snapshot } from '#components/dashboard/desk/saver.ts';

/** A server that takes longer than so many milliseconds counts as away. */
const patience = 12_000;
/** What a browser lets a page send that is being closed. */
const lastBytes = 60_000;

/** Sends the form to be saved. Throws where the server is away or broken. */
export async function sendWords(
  articleId: string,
  windowName: string,
  { head, body }: Snapshot,
  version: number,
  { leaving = false }: { leaving?: boolean } = {},
): Promise<SaveReply> {
  const form = new FormData();
  for (const [name, value] of head) form.append(name, value);
  if (body !== null) form.set('body', body);
  form.set('version', String(version));
  form.set('window', windowName);
  if (leaving) form.set('leaving', '1');
  const answer = await fetch(`/dashboard/articles/${articleId}/save`, {
    method: 'POST',
    body: form,
    keepalive: leaving && (body?.length ?? 0) * 2 < lastBytes,
    signal: AbortSignal.timeout(patience),
  });
  return (await jsonOf(answer)) as SaveReply;
}

/** Says that this window is there, or takes over. Throws where the server is away or broken. */
export async function sayPresent<D>(
  articleId: string,
  asked: { window: string; known: number; intent: 'keep' | 'take' },
): Promise<PresenceReply<D>> {
  const answer = await fetch(`/dashboard/articles/${articleId}/presence`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...asked, at: Date.now() }),
    signal: AbortSignal.timeout(patience),
  });
  return (await jsonOf(answer)) as PresenceReply<D>;
}

/** The last word of a window that is closed. */
export function sayLeft(articleId: string, window: string): void {
  const body = JSON.stringify({ window, intent: 'leave', at: Date.now() });
  navigator.sendBeacon(
    `/dashboard/articles/${articleId}/presence`,
    new Blob([body], { type: 'application/json' }),
  );
}

/** What the server answers is JSON, refusals too; anything else comes from what stands before it, or from a fault. */
async function jsonOf(answer: Response): Promise<unknown> {
  if (answer.status >= 500 || !answer.headers.get('content-type')?.includes('json')) {
    throw new Error(`The server answered ${answer.status}`);
  }
  return answer.json();
}
