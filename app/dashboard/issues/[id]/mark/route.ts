import { currentActor } from '#lib/auth/session.ts';
import { findBoard, findIssueHead, markOf } from '#lib/publishing/issue-desk.ts';

/** Whether an issue's page is still as the window that asks has it: 304 where its mark (`If-None-Match`) is the present one. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/dashboard/issues/[id]/mark'>,
): Promise<Response> {
  const { id } = await params;
  const actor = await currentActor();
  const [head, board] = await Promise.all([findIssueHead(actor, id), findBoard(actor, id)]);
  const headers = { 'cache-control': 'private, no-store' };
  if (!head || !board) return new Response(null, { status: 404, headers });
  const etag = `"${markOf(head, board)}"`;
  const same = request.headers.get('if-none-match') === etag;
  return new Response(null, { status: same ? 304 : 204, headers: { ...headers, etag } });
}
