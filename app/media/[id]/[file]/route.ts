import { pictureInWidth } from '#lib/media/commands.ts';

/** `/media/{id}/{width}.webp`. A picture never changes under its id, so browsers keep it for good. */
export async function GET(_request: Request, { params }: RouteContext<'/media/[id]/[file]'>) {
  const { id, file } = await params;
  const width = /^([1-9]\d{1,3})\.webp$/.exec(file)?.[1];
  const bytes = width ? await pictureInWidth(id, Number(width)) : null;
  if (!bytes) return new Response('Not found', { status: 404 });
  return new Response(Buffer.from(bytes), {
    headers: {
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
    },
  });
}
