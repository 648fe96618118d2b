import { coloursAddress, coloursSheet } from '#lib/publication/rules.ts';
import { getSite } from '#lib/reading/site.ts';

/**
 * The publication's own colours, as a file, since a page for readers carries no style of its own. Its name says what is in
 * it, so browsers keep it for good; only the colours that are chosen now are there.
 */
export async function GET(_request: Request, { params }: RouteContext<'/colours/[file]'>) {
  const { file } = await params;
  const accents = (await getSite())?.publication.accents;
  if (!accents || coloursAddress(accents) !== `/colours/${file}`) {
    return new Response('Not found', { status: 404 });
  }
  return new Response(coloursSheet(accents), {
    headers: {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    },
  });
}
