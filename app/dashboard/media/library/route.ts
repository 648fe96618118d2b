import { currentActor } from '#lib/auth/session.ts';
import { listPictures } from '#lib/media/library.ts';
import { may } from '#lib/users/rules.ts';

/** A page of the library for the dialog that chooses from it: `?q=WORDS&page=N`. */
export async function GET(request: Request): Promise<Response> {
  const actor = await currentActor();
  if (!may(actor, 'media.upload')) return Response.json({ pictures: [] }, { status: 403 });
  const { searchParams } = new URL(request.url);
  const search = (searchParams.get('q') ?? '').replaceAll('\0', '');
  const page = Math.min(
    Math.max(1, Number.parseInt(searchParams.get('page') ?? '', 10) || 1),
    100_000,
  );
  return Response.json(await listPictures(actor, { search, page }));
}
