import { and, desc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { db, type Executor } from '#db/client.ts';
import { entitlements } from '#db/schema/entitlements.ts';
import { issues } from '#db/schema/issues.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { orderLines, orders } from '#db/schema/orders.ts';
import type { Edition } from '#lib/catalog/rules.ts';
import { clock } from '#lib/clock.ts';
import { type Picture, pictureOf } from '#lib/media/rules.ts';
import type { EntitlementSource, Grant } from './rules.ts';

/** An account's rights, those that ended too, since they explain a refusal; of some issues or of all. */
export async function grantsOf(
  userId: string,
  issueIds?: readonly string[],
  executor: Executor = db(),
): Promise<Grant[]> {
  if (issueIds?.length === 0) return [];
  return executor
    .select({
      issueId: entitlements.issueId,
      source: entitlements.source,
      startsAt: entitlements.startsAt,
      endsAt: entitlements.endsAt,
      revokedAt: entitlements.revokedAt,
    })
    .from(entitlements)
    .where(
      and(
        eq(entitlements.userId, userId),
        issueIds ? inArray(entitlements.issueId, [...issueIds]) : undefined,
      ),
    );
}

export type LibraryEntry = {
  issue: { id: string; slug: string; number: number; title: string; periodLabel: string };
  cover: Picture | null;
  source: EntitlementSource;
  /** What was bought, where it was bought. */
  editions: Edition[];
  orderNumber: number | null;
  since: Date;
};

/** The published issues that an account may read now, the newest issue first; each issue once. */
export async function libraryOf(userId: string): Promise<LibraryEntry[]> {
  const now = clock.now();
  const rows = await db()
    .select({
      id: issues.id,
      slug: issues.slug,
      number: issues.number,
      title: issues.title,
      periodLabel: issues.periodLabel,
      cover: mediaAssets,
      source: entitlements.source,
      edition: orderLines.edition,
      orderNumber: orders.number,
      since: entitlements.startsAt,
    })
    .from(entitlements)
    .innerJoin(issues, eq(issues.id, entitlements.issueId))
    .leftJoin(mediaAssets, eq(mediaAssets.id, issues.coverId))
    .leftJoin(orderLines, eq(orderLines.id, entitlements.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
    .where(
      and(
        eq(entitlements.userId, userId),
        isNull(entitlements.revokedAt),
        lte(entitlements.startsAt, now),
        or(isNull(entitlements.endsAt), gt(entitlements.endsAt, now)),
        lte(issues.publishedAt, now),
      ),
    )
    .orderBy(desc(issues.number), desc(entitlements.startsAt));
  const entries = new Map<string, LibraryEntry>();
  for (const { cover, source, edition, orderNumber, since, ...issue } of rows) {
    const entry = entries.get(issue.id) ?? {
      issue,
      cover: cover && pictureOf(cover),
      source,
      editions: [],
      orderNumber,
      since,
    };
    if (edition && !entry.editions.includes(edition)) entry.editions.push(edition);
    entries.set(issue.id, entry);
  }
  return [...entries.values()];
}
