import { db } from '#db/client.ts';
import { issues } from '#db/schema/issues.ts';
import { clock } from '#lib/clock.ts';
import { slugify } from '#lib/slug.ts';

let built = 0;

/** An issue, published now unless told otherwise; numbers count up. */
export async function anIssue(
  parts: Partial<typeof issues.$inferInsert> = {},
): Promise<{ id: string; slug: string; number: number; title: string }> {
  built += 1;
  const title = parts.title ?? `The issue of ${built}`;
  const [row] = await db()
    .insert(issues)
    .values({
      number: built,
      periodLabel: 'Autumn',
      onSaleAt: clock.now(),
      publishedAt: clock.now(),
      ...parts,
      title,
      slug: parts.slug ?? slugify(title),
    })
    .returning({ id: issues.id, slug: issues.slug, number: issues.number, title: issues.title });
  if (!row) throw new Error('No issue was made');
  return row;
}
