import type { PresenceReply } from '#components/dashboard/desk/replies.ts';
import { enterArticle, leaveArticle } from '#lib/articles/editing.ts';
import { currentActor } from '#lib/auth/session.ts';
import { type Draft, findDraft } from '#lib/publishing/draft.ts';

/**
 * A window's word that it is there (`intent` `keep`), that it takes over (`take`) or that it is closed (`leave`). Answers who
 * writes, and the working text where the window knows another version (`known`) than the present one.
 */
export async function POST(
  request: Request,
  { params }: RouteContext<'/dashboard/articles/[id]/presence'>,
): Promise<Response> {
  const { id } = await params;
  const actor = await currentActor();
  const asked = await request.json().catch(() => null);
  const windowName = typeof asked?.window === 'string' ? asked.window : '';
  // Words of one window may overtake each other on the way; those of a version before say no time.
  const saidAt = asked?.at > 0 && asked.at < latest ? new Date(asked.at) : undefined;
  if (asked?.intent === 'leave') {
    await leaveArticle(actor, id, windowName, saidAt);
    return answer({ kind: 'gone', message: 'Left.', signedOut: false });
  }
  const takeOver = asked?.intent === 'take';
  const entered = await enterArticle(actor, id, windowName, {
    takeOver,
    ...(saidAt && { saidAt }),
  });
  if (!entered.ok) {
    const signedOut = actor.kind === 'anonymous';
    const message = signedOut ? 'You are signed out.' : entered.message;
    return answer({ kind: 'gone', message, signedOut }, entered.reason === 'invalid' ? 400 : 403);
  }
  const { writer, ...presence } = entered.value;
  const draft = presence.version === asked.known ? null : await findDraft(actor, id);
  return answer({
    kind: 'present',
    ...presence,
    writer: writer && { ...writer, since: writer.since.toISOString() },
    // Read after the version above: it may be newer by now.
    version: draft?.version ?? presence.version,
    draft,
  });
}

/** The year 2100, in milliseconds. */
const latest = 4_102_444_800_000;

function answer(reply: PresenceReply<Draft>, status = 200): Response {
  return Response.json(reply, { status, headers: { 'cache-control': 'no-store' } });
}
