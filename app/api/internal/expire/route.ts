import { revalidateTag } from 'next/cache';
import { z } from 'zod';

const input = z.object({ tags: z.array(z.string().max(256)).max(1_000) });

/**
 * Expires cache tags for the server's own process (a scheduled release, the start). The delivery layer answers 404 to
 * everybody outside; the secret is the second lock.
 */
export async function POST(request: Request) {
  const secret = (globalThis as { [key: symbol]: unknown })[Symbol.for('broadside.internal')];
  if (!secret || request.headers.get('x-broadside-internal') !== secret) {
    return new Response('Not found', { status: 404 });
  }
  const { tags } = input.parse(await request.json());
  for (const tag of tags) revalidateTag(tag, { expire: 0 });
  return Response.json({ expired: tags.length });
}
