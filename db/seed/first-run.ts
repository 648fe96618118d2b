import { eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { publication } from '#db/schema/publication.ts';
import { users } from '#db/schema/users.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { normaliseEmail, system } from '#lib/users/rules.ts';

/**
 * What an empty installation needs before anybody can open it: a publication to name and describe in the dashboard,
 * and, as long as there is no administrator, the one that `ADMIN_EMAIL` names. Does nothing where both exist.
 */
export async function prepareFirstRun(adminEmail: string | null): Promise<void> {
  await db().transaction(async (tx) => {
    await tx
      .insert(publication)
      .values({
        name: 'Untitled magazine',
        tagline: 'A magazine that comes out in issues',
        description: 'This magazine has just been set up. Its editors will describe it here.',
        email: adminEmail ?? 'editors@example.org',
        postalAddress: '',
        secondFactorRequired: true,
      })
      .onConflictDoNothing();
    if (!adminEmail) return;
    const [admin] = await tx
      .select({ id: users.id })
      .from(users)
      .where(eq(users.staffRole, 'admin'))
      .limit(1);
    if (admin) return;
    const [made] = await tx
      .insert(users)
      .values({ email: normaliseEmail(adminEmail), staffRole: 'admin' })
      .onConflictDoUpdate({ target: users.email, set: { staffRole: 'admin' } })
      .returning({ id: users.id });
    if (made) {
      await recordAudit(tx, system, 'person.first-admin', { kind: 'person', id: made.id });
    }
  });
}
