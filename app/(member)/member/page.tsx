import type { Metadata } from 'next';
import { HomePage } from '#app/_views/home.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { ownershipOf } from '#lib/reading/ownership.ts';

export const metadata: Metadata = { alternates: { canonical: '/' } };

export default async function Page() {
  return <HomePage owns={await ownershipOf(await currentActor())} />;
}
