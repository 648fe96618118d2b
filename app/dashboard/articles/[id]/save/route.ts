import { isConflict, saveForm, toAside } from '#app/dashboard/articles/saving.ts';
import type { SaveReply } from '#components/dashboard/desk/replies.ts';
import { isWindow, leaveArticle } from '#lib/articles/editing.ts';
import { currentActor } from '#lib/auth/session.ts';

/**
 * What the editor sends by itself while somebody writes: the article's form, `version` and `window`, and `leaving` when that
 * window is being closed. A route and no action,
 * since actions wait for each other, and a page that is being left can't send one.
 */
export async function POST(
  request: Request,
  { params }: RouteContext<'/dashboard/articles/[id]/save'>,
): Promise<Response> {
  const { id } = await params;
  const actor = await currentActor();
  const form = await request.formData().catch(() => null);
  const named = form?.get('window');
  if (!form || typeof named !== 'string' || !isWindow(named)) {
    return refuse(400, 'This could not be read: it is not what the editor sends.');
  }
  if (actor.kind === 'anonymous') return refuse(401, 'You are signed out.', { signedOut: true });
  const saved = await saveForm(actor, id, form);
  if (form.has('leaving')) await leaveArticle(actor, id, named);
  if (saved.ok) {
    const { version, savedAt, refused } = saved.value;
    return answer({ kind: 'saved', version, savedAt: savedAt.toISOString(), refused });
  }
  if (isConflict(saved)) return answer({ kind: 'aside', aside: await toAside(actor, id, saved) });
  return refuse(statuses[saved.reason], saved.message, { fields: saved.fields ?? {} });
}

const statuses = { forbidden: 403, not_found: 404, conflict: 409, taken: 409, invalid: 422 };

function refuse(
  status: number,
  message: string,
  parts: { fields?: Record<string, string>; signedOut?: boolean } = {},
): Response {
  return answer({ kind: 'refused', message, fields: {}, signedOut: false, ...parts }, status);
}

function answer(reply: SaveReply, status = 200): Response {
  return Response.json(reply, { status, headers: { 'cache-control': 'no-store' } });
}
