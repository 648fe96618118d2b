import { networkAddress } from '#app/request.ts';
import { consumeBoth } from '#lib/auth/limits.ts';
import { currentActor } from '#lib/auth/session.ts';
import type { StagedPicture } from '#lib/media/rules.ts';
import { discardStaged, stagePicture } from '#lib/media/staging.ts';
import { type Failure, fail, type Result } from '#lib/result.ts';
import { may } from '#lib/users/rules.ts';

const statuses: Record<string, number> = {
  forbidden: 403,
  too_many: 429,
  too_large: 413,
  not_a_picture: 422,
  invalid: 422,
  storage_away: 503,
};

/**
 * Keeps a file until its words are there: the body is the file itself, its name stands in `x-file-name`, encoded like a
 * part of an address. With `?discard=ID` it gives up what was sent before. Not an action: browsers tell how much of a
 * request is sent only where a script makes it, and actions wait for each other.
 */
export async function POST(request: Request): Promise<Response> {
  const actor = await currentActor();
  if (!may(actor, 'media.upload') || actor.kind !== 'person') {
    return told(fail('forbidden', 'You are not signed in any more. Sign in in another tab.'));
  }
  const discarded = new URL(request.url).searchParams.get('discard');
  if (discarded) return told(await discardStaged(actor, discarded));
  const name = request.headers.get('x-file-name');
  // A form of another site could send a file, but no such header.
  if (!name) return told(fail('invalid', 'This upload has no name.'));
  const counted = await consumeBoth('upload', {
    address: await networkAddress(),
    userId: actor.userId,
  });
  if (!counted.ok) return told(counted);
  const bytes = new Uint8Array(await request.arrayBuffer());
  return told(await stagePicture(actor, { bytes, filename: readable(name) }));
}

function told(result: Result<StagedPicture | undefined> | Failure): Response {
  const status = result.ok ? 200 : (statuses[result.reason] ?? 422);
  return Response.json(result, { status });
}

function readable(name: string): string {
  try {
    return decodeURIComponent(name).replaceAll('\0', '');
  } catch {
    return name;
  }
}
