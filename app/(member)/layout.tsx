import type { ReactNode } from 'react';
import { scriptNonce } from '#app/request.ts';
import { Frame } from '#components/site/frame.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { requireSite } from '#lib/reading/site.ts';
import { worksHere } from '#lib/users/rules.ts';

/** Everything under here is for the person who asks, and is never kept for another. */
export const instant = false;

export default async function MemberLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  const site = await requireSite();
  const viewer = actor.kind === 'person' ? { staff: worksHere(actor) } : null;
  return (
    <Frame
      publication={site.publication}
      sections={site.sections}
      viewer={viewer}
      nonce={await scriptNonce()}
    >
      {children}
    </Frame>
  );
}
