import { queryValue } from '#app/request.ts';
import { currentActor } from '#lib/auth/session.ts';
import { searchOffice } from '#lib/publishing/search.ts';
import { may } from '#lib/users/rules.ts';

/** As many of a kind as stand under a field without scrolling far. */
const each = 5;

/** Results while somebody types, as JSON; for anybody without a role there is no such address. */
export async function GET(request: Request): Promise<Response> {
  const actor = await currentActor();
  if (!may(actor, 'dashboard.enter')) return new Response(null, { status: 404 });
  const typed = queryValue(new URL(request.url).searchParams.get('q') ?? undefined);
  const results = await searchOffice(actor, typed, { each });
  return Response.json({ results });
}
