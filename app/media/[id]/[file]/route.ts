import type { SizeFormat } from '#lib/media/rules.ts';
import { pictureInWidth } from '#lib/media/sizes.ts';

/**
 * `/media/{id}/{width}.webp` and `.avif`. A picture never changes under its id, so browsers keep it for good; what stands
 * in for an AVIF that is being made they keep for a minute.
 */
export async function GET(_request: Request, { params }: RouteContext<'/media/[id]/[file]'>) {
  const { id, file } = await params;
  const [, width, format] = /^([1-9]\d{1,3})\.(webp|avif)$/.exec(file) ?? [];
  const size = width ? await pictureInWidth(id, Number(width), format as SizeFormat) : null;
  if (!size) return new Response('Not found', { status: 404 });
  return new Response(Buffer.from(size.bytes), {
    headers: {
      'content-type': `image/${size.format}`,
      'cache-control': size.lasting ? 'public, max-age=31536000, immutable' : 'public, max-age=60',
    },
  });
}
