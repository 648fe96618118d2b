import { db } from '#db/client.ts';
import { type Me, waysOf } from './factors.ts';
import { listPasskeys, type OwnPasskey } from './passkeys.ts';
import { codesLeft } from './proof.ts';

/** What a person's own page of security shows of their second factor. */
export async function securityOf(
  me: Me,
): Promise<{ keys: OwnPasskey[]; app: boolean; codesLeft: number }> {
  const { userId } = me.person;
  const [keys, { ways }, left] = await Promise.all([
    listPasskeys(me),
    waysOf(db(), userId),
    codesLeft(db(), userId),
  ]);
  return { keys, app: ways.app, codesLeft: left };
}
