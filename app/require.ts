import { redirect } from 'next/navigation';
import type { Me } from '#lib/auth/factors.ts';
import { currentActor, currentSession } from '#lib/auth/session.ts';
import type { Person } from '#lib/users/rules.ts';

/** The signed-in person; anybody else is sent to sign in and comes back to `path`. */
export async function requirePerson(path: string): Promise<Person> {
  const actor = await currentActor();
  if (actor.kind === 'person') return actor;
  return signInFirst(path);
}

/** The same, with the key of their session, for what they do about it. */
export async function requireSession(path: string): Promise<Me> {
  return (await currentSession()) ?? signInFirst(path);
}

function signInFirst(path: string): never {
  redirect(`/sign-in?${new URLSearchParams({ next: path })}`);
}
