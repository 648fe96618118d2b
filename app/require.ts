import { redirect } from 'next/navigation';
import { currentActor } from '#lib/auth/session.ts';
import type { Person } from '#lib/users/rules.ts';

/** The signed-in person; anybody else is sent to sign in and comes back to `path`. */
export async function requirePerson(path: string): Promise<Person> {
  const actor = await currentActor();
  if (actor.kind === 'person') return actor;
  redirect(`/sign-in?${new URLSearchParams({ next: path })}`);
}
