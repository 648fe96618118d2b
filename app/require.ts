import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Me } from '#lib/auth/factors.ts';
import { currentSession } from '#lib/auth/session.ts';
import type { Person } from '#lib/users/rules.ts';

/** Layout and page of one rendering ask once. What an action does and the page rendered after it each ask for themselves. */
const sessionOfPage = cache(currentSession);

/** The signed-in person; anybody else is sent to sign in and comes back to `path`. */
export async function requirePerson(path: string): Promise<Person> {
  return (await requireSession(path)).person;
}

/** The same, with the key of their session, for what they do about it. */
export async function requireSession(path: string): Promise<Me> {
  return (await sessionOfPage()) ?? signInFirst(path);
}

function signInFirst(path: string): never {
  redirect(`/sign-in?${new URLSearchParams({ next: path })}`);
}
