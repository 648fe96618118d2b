import type { Verdict } from '#lib/entitlements/rules.ts';
import { variantOf } from '#lib/reading/variant.ts';
import { type Actor, worksHere } from '#lib/users/rules.ts';

/** Says in a page for whom it was made; the delivery layer keeps it under that name, and takes this out of it. */
export function Variant({
  actor,
  ...standing
}: {
  actor: Actor;
  verdict?: Verdict;
  owns?: boolean;
}) {
  const variant = actor.kind === 'person' && variantOf({ staff: worksHere(actor), ...standing });
  return <meta name="broadside-variant" content={variant || 'anonymous'} />;
}
