import type { Metadata } from 'next';
import { HomePage } from '#app/_views/home.tsx';
import { Variant } from '#app/_views/variant.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { getHome } from '#lib/reading/lists.ts';
import { ownershipOf } from '#lib/reading/ownership.ts';

export const metadata: Metadata = { alternates: { canonical: '/' } };

export default async function Page() {
  const actor = await currentActor();
  const [{ issue }, ownsIssue] = await Promise.all([getHome(), ownershipOf(actor)]);
  const owned = issue !== null && ownsIssue(issue.id);
  return (
    <>
      <Variant actor={actor} owns={owned} />
      <HomePage owned={owned} />
    </>
  );
}
