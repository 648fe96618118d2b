import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { anOrder } from '#db/builders/orders.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { products } from '#db/schema/catalog.ts';
import { series } from '#db/schema/contributors.ts';
import { issueDepartments, issues, placements } from '#db/schema/issues.ts';
import { dailyReads } from '#db/schema/reads.ts';
import { users } from '#db/schema/users.ts';
import { assignments, type CommentAnchor, comments } from '#db/schema/workflow.ts';
import { seeded } from '#db/seed/art/random.ts';
import { series as demoSeries, prices } from '#db/seed/magazine.ts';

/* The demo's office at work: the issue that comes next, who does what for it, and what was read and sold lately. */

const day = 24 * 60 * 60 * 1000;

type Work = {
  slug: string;
  stage: typeof articles.$inferInsert.stage;
  /** Words and pages that the plan has for it. */
  words: number;
  pages: number;
  tasks: {
    who: string;
    task: typeof assignments.$inferInsert.task;
    /** Days from the demo's first day. */
    due: number;
    done?: boolean;
  }[];
};

const works: Work[] = [
  {
    slug: 'carrying-the-one',
    stage: 'ready',
    words: 1_400,
    pages: 4,
    tasks: [{ who: 'editor@example.org', task: 'edit', due: -6, done: true }],
  },
  {
    slug: 'how-many-gulls',
    stage: 'in_review',
    words: 3_200,
    pages: 8,
    tasks: [
      { who: 'writer@example.org', task: 'write', due: 12 },
      { who: 'editor@example.org', task: 'edit', due: 19 },
      { who: 'publisher@example.org', task: 'find_pictures', due: -2 },
    ],
  },
  {
    slug: 'what-a-percentage-is-for',
    stage: 'draft',
    words: 1_800,
    pages: 5,
    tasks: [{ who: 'editor@example.org', task: 'check_facts', due: 9 }],
  },
  {
    slug: 'the-census-taker',
    stage: 'copy_edited',
    words: 2_600,
    pages: 6,
    tasks: [{ who: 'editor@example.org', task: 'copy_edit', due: 3, done: true }],
  },
  { slug: 'nine-sums-for-the-night-boat', stage: 'ready', words: 100, pages: 2, tasks: [] },
];

const remarks: {
  slug: string;
  who: string;
  text: string;
  anchor: CommentAnchor;
  answer?: { who: string; text: string };
}[] = [
  {
    slug: 'how-many-gulls',
    who: 'editor@example.org',
    text: 'Do we know this from the council, or from Jorunn alone? One line with the source would do.',
    anchor: {
      quote: 'went up by a third',
      before: 'the council has in mind, and which ',
      after: ' in the year when it became',
    },
    answer: {
      who: 'writer@example.org',
      text: 'From the council’s own minutes. I’ll put the month in.',
    },
  },
  {
    slug: 'how-many-gulls',
    who: 'publisher@example.org',
    text: 'Good for the pull quotation.',
    anchor: {
      quote: 'A standing bird is an opinion.',
      before: 'is a nest,” Jorunn says. “',
      after: '” She clicks',
    },
  },
];

/** So many days back something was read, and so many something was sold, the less the longer ago an issue came out. */
const history = { reads: 90, sales: 84 };

type Ids = Map<string, string>;

/** Fills the office around the magazine's texts. `today` is the demo's first day. */
export async function seedOffice(today: Date): Promise<void> {
  const people = await db().select({ key: users.email, id: users.id }).from(users);
  const texts = await db().select({ key: articles.slug, id: articles.id }).from(articles);
  const ids: Ids = new Map([...people, ...texts].map(({ key, id }) => [key, id]));
  await seedSeries(ids);
  await seedPlan(today, ids);
  await seedRemarks(ids);
  await seedReads(today);
  await seedSales(today);
}

async function seedSeries(ids: Ids): Promise<void> {
  const { parts, ...named } = demoSeries;
  const [made] = await db().insert(series).values(named).returning({ id: series.id });
  for (const [index, slug] of parts.entries()) {
    await db()
      .update(articles)
      .set({ seriesId: made?.id ?? null, seriesPart: index + 1 })
      .where(eq(articles.id, idOf(ids, slug)));
  }
}

async function seedPlan(today: Date, ids: Ids): Promise<void> {
  for (const { slug, stage, words, pages, tasks } of works) {
    const articleId = idOf(ids, slug);
    await db().update(articles).set({ stage }).where(eq(articles.id, articleId));
    await db()
      .update(placements)
      .set({ wordBudget: words, pageCount: pages })
      .where(eq(placements.articleId, articleId));
    for (const { who, task, due, done } of tasks) {
      const dueAt = new Date(today.getTime() + due * day);
      await db()
        .insert(assignments)
        .values({
          articleId,
          userId: idOf(ids, who),
          task,
          dueOn: dateOf(dueAt),
          doneAt: done ? new Date(Math.min(dueAt.getTime(), today.getTime()) - day) : null,
          createdBy: idOf(ids, 'editor@example.org'),
        });
    }
  }
  const planned = await db()
    .selectDistinct({ issueId: placements.issueId, name: placements.department })
    .from(placements)
    .innerJoin(issues, eq(issues.id, placements.issueId))
    .where(isNull(issues.publishedAt));
  const [issue] = planned;
  if (!issue) return;
  const departments = ['Editorial', 'Reportage', 'Ideas & Debates', 'Fiction', 'Essays', 'Letters'];
  await db()
    .insert(issueDepartments)
    .values(departments.map((name, position) => ({ issueId: issue.issueId, name, position })));
}

async function seedRemarks(ids: Ids): Promise<void> {
  for (const { slug, who, text, anchor, answer } of remarks) {
    const articleId = idOf(ids, slug);
    const [remark] = await db()
      .insert(comments)
      .values({ articleId, authorId: idOf(ids, who), text, anchor })
      .returning({ id: comments.id });
    if (!remark || !answer) continue;
    await db()
      .insert(comments)
      .values({
        articleId,
        parentId: remark.id,
        authorId: idOf(ids, answer.who),
        text: answer.text,
      });
  }
}

async function seedReads(today: Date): Promise<void> {
  const published = await db()
    .select({ id: articles.id, slug: articles.slug, publishedAt: articles.publishedAt })
    .from(articles)
    .where(isNotNull(articles.publishedAt));
  const rows: (typeof dailyReads.$inferInsert)[] = [];
  for (const { id, slug, publishedAt } of published) {
    if (!publishedAt) continue;
    const random = seeded(`reads ${slug}`);
    const interest = random.between(8, 60);
    for (let back = history.reads; back > 0; back -= 1) {
      const at = new Date(today.getTime() - back * day);
      const age = (at.getTime() - publishedAt.getTime()) / day;
      if (age < 0) continue;
      const reads = Math.round(
        interest * (0.15 + 3 * Math.exp(-age / 9)) * random.between(0.5, 1.5),
      );
      if (reads > 0) rows.push({ day: dateOf(at), subjectKind: 'article', subjectId: id, reads });
    }
  }
  await db().insert(dailyReads).values(rows);
}

/** Issues bought on the screen: these take no copy from the shelf, and nothing waits to be posted. */
async function seedSales(today: Date): Promise<void> {
  const offers = await db()
    .select({ productId: products.id, onSaleAt: issues.onSaleAt })
    .from(products)
    .innerJoin(issues, eq(issues.id, products.issueId))
    .where(and(eq(products.edition, 'digital'), isNotNull(issues.publishedAt)))
    .orderBy(desc(issues.onSaleAt));
  const random = seeded('sales');
  for (let back = history.sales; back > 0; back -= 1) {
    const at = new Date(today.getTime() - back * day + random.whole(0, 12) * 3_600_000);
    const out = offers.filter(({ onSaleAt }) => onSaleAt < at);
    const [newest] = out;
    if (!newest) continue;
    const age = (at.getTime() - newest.onSaleAt.getTime()) / day;
    for (let left = 0.3 + 3 * Math.exp(-age / 7); left > random.next(); left -= 1) {
      const { productId } = random.chance(0.8) ? newest : random.pick([newest, ...out]);
      const createdAt = new Date(at.getTime() + random.whole(0, 59) * 60_000);
      await anOrder({
        productId,
        unitAmount: prices.digital.EUR,
        order: {
          email: `reader-${random.whole(100, 999)}@example.net`,
          createdAt,
          paidAt: createdAt,
          expiresAt: createdAt,
        },
      });
    }
  }
}

const dateOf = (at: Date) => at.toISOString().slice(0, 10);

function idOf(ids: Ids, key: string): string {
  const id = ids.get(key);
  if (!id) throw new Error(`The demo knows no “${key}”`);
  return id;
}
