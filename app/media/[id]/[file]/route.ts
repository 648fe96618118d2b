import type { SizeFormat } from '#lib/media/rules.ts';
import { pictureInWidth } from '#lib/media/sizes.ts';
import { mediaTags } from '#lib/media/tags.ts';
import { noteTags } from '#lib/pages.ts';

/**
 * `/media/{id}/{version}-{width}.webp` and `.avif`, which browsers keep for good, and the same without the version, or
 * with an earlier one, for the picture as it is now. What stands in for an AVIF that is being made is kept for a minute.
 */
export async function GET(_request: Request, { params }: RouteContext<'/media/[id]/[file]'>) {
  const { id, file } = await params;
  const [, version, width, format] =
    /^(?:([1-9]\d{0,8})-)?([1-9]\d{1,3})\.(webp|avif)$/.exec(file) ?? [];
  const size = width
    ? await pictureInWidth(
        id,
        Number(width),
        format as SizeFormat,
        version ? Number(version) : undefined,
      )
    : null;
  if (!size) return new Response('Not found', { status: 404 });
  // Kept in memory until the picture is replaced or removed.
  if (size.isFinal) noteTags([mediaTags.one(id)]);
  return new Response(Buffer.from(size.bytes), {
    headers: {
      'content-type': `image/${size.format}`,
      'cache-control': cacheControl(size),
    },
  });
}

function cacheControl({ stays, isFinal }: { stays: boolean; isFinal: boolean }): string {
  if (!isFinal) return 'public, max-age=60';
  return stays ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate';
}
