import { notFound, redirect } from 'next/navigation';
import { requirePerson } from '#app/require.ts';
import { may, type Permission, type Person } from '#lib/users/rules.ts';

/** The dashboard is not there for whoever may not see it. */
export function forbidden(): never {
  notFound();
}

/**
 * The signed-in member of staff with this permission; anybody else gets a 404. Who owes the second factor is asked for it
 * first and comes back to `path`.
 */
export async function requireStaff(permission: Permission, path: string): Promise<Person> {
  const person = await requirePerson(path);
  const { kind } = person.factor;
  if (kind === 'asked' || kind === 'setup') {
    redirect(`/sign-in/second?${new URLSearchParams({ next: path })}`);
  }
  if (!may(person, permission)) forbidden();
  return person;
}
