import { db } from '#db/client.ts';
import { publication } from '#db/schema/publication.ts';
import { users } from '#db/schema/users.ts';
import { clock } from '#lib/clock.ts';
import type { Factor, Person, StaffRole } from '#lib/users/rules.ts';

let built = 0;

/** Somebody with a proved address, as an actor: a reader, or staff with a role. */
export async function aPerson(
  parts: { email?: string; name?: string; staffRole?: StaffRole; factor?: Factor } = {},
): Promise<Person> {
  built += 1;
  const [row] = await db()
    .insert(users)
    .values({
      email: parts.email ?? `person-${built}@example.org`,
      name: parts.name ?? null,
      staffRole: parts.staffRole ?? null,
      emailVerified: clock.now(),
    })
    .returning();
  if (!row) throw new Error('No user was made');
  return {
    kind: 'person',
    userId: row.id,
    email: row.email,
    name: row.name,
    staffRole: row.staffRole,
    factor: parts.factor ?? { kind: 'free' },
  };
}

/** The publication's one row. */
export async function aPublication(
  parts: Partial<typeof publication.$inferInsert> = {},
): Promise<void> {
  await db()
    .insert(publication)
    .values({
      name: 'The Review',
      tagline: 'A quarterly',
      description: 'A magazine for tests.',
      email: 'editors@example.org',
      postalAddress: '1 Quay Street',
      ...parts,
    });
}
