import { sql } from 'drizzle-orm';
import { type ArticleParts, aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { aPlan, aPostageZone, aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db, pool } from '#db/client.ts';
import { relatedArticles } from '#db/schema/articles.ts';
import { publication } from '#db/schema/publication.ts';
import { readContributors, readTexts, type SeedText } from '#db/seed/content.ts';
import {
  issues,
  magazine,
  plans,
  prices,
  type SeedIssue,
  sections,
  staff,
  zones,
} from '#db/seed/magazine.ts';
import { markdownToBody } from '#db/seed/markdown.ts';
import { seedOffice } from '#db/seed/office.ts';
import { takeCover, takeDrawing } from '#db/seed/pictures.ts';
import { clock } from '#lib/clock.ts';
import { slugify } from '#lib/slug.ts';

const day = 24 * 60 * 60 * 1000;

/** Any number that nothing else in the database locks on. */
const seedLock = 7_305_115;

/**
 * Fills an empty database with the demo's magazine; does nothing where a publication is there already. Its row is written
 * last: a start that was killed half way begins again from nothing. Of several processes one does it, the others wait.
 */
export async function seedDemo(): Promise<void> {
  const guard = await pool().connect();
  try {
    // Whoever waits for another process's seeding waits longer than any statement may take.
    await guard.query('set statement_timeout = 0');
    await guard.query('select pg_advisory_lock($1)', [seedLock]);
    await seedUnlessKnown();
  } finally {
    // The lock goes with its connection.
    guard.release(true);
  }
}

async function seedUnlessKnown(): Promise<void> {
  const [known] = await db().select({ name: publication.name }).from(publication).limit(1);
  if (known) return;
  await db().execute(
    sql`truncate users, contributors, sections, topics, series, media_assets, articles, issues, plans, postage_zones, orders cascade`,
  );
  const today = new Date(Math.floor(clock.now().getTime() / day) * day + day / 3);
  const people = await seedPeople();
  const made = await seedIssues(today, people.contributors);
  await seedTexts(today, people.contributors, made);
  for (const zone of zones) await aPostageZone(zone);
  for (const plan of plans) await aPlan(plan);
  await seedReader(made);
  await seedOffice(today);
  await aPublication({
    ...magazine,
    bannerFrom: new Date(today.getTime() - 30 * day),
    bannerUntil: new Date(today.getTime() + 60 * day),
  });
}

type Ids = Map<string, string>;
type MadeIssue = SeedIssue & { id: string; onSaleAt: Date; digital: string };

async function seedPeople(): Promise<{ contributors: Ids }> {
  for (const person of staff) await aPerson(person);
  const ids: Ids = new Map();
  for (const contributor of await readContributors()) {
    ids.set(contributor.slug, (await aContributor(contributor)).id);
  }
  return { contributors: ids };
}

async function seedIssues(today: Date, contributors: Ids): Promise<Map<number, MadeIssue>> {
  const made = new Map<number, MadeIssue>();
  await Promise.all(
    issues.map(async (issue) => {
      const onSaleAt = new Date(today.getTime() + issue.onSaleIn * day);
      const periodLabel = `${issue.season} ${onSaleAt.getUTCFullYear()}`;
      const coverId = await takeCover(
        { number: issue.number, title: issue.title, periodLabel },
        { alt: issue.coverAlt, credit: 'Wanjiru Castellane' },
      );
      const { id } = await anIssue({
        number: issue.number,
        volume: Math.ceil(issue.number / 4),
        title: issue.title,
        slug: slugify(issue.title),
        periodLabel,
        onSaleAt,
        publishedAt: issue.onSaleIn < 0 ? onSaleAt : null,
        description: issue.description,
        coverId,
        coverArtistId: idOf(contributors, 'wanjiru-castellane'),
        pageCount: issue.pageCount,
      });
      await aProduct({
        issueId: id,
        edition: 'print',
        stock: issue.printStock,
        prices: prices.print,
      });
      const digital = await aProduct({ issueId: id, edition: 'digital', prices: prices.digital });
      made.set(issue.number, { ...issue, id, onSaleAt, digital: digital.id });
    }),
  );
  return made;
}

async function seedTexts(
  today: Date,
  contributors: Ids,
  made: Map<number, MadeIssue>,
): Promise<void> {
  const ids: Ids = new Map();
  for (const section of sections) {
    const { id } = await aSection({ ...section, position: sections.indexOf(section) });
    ids.set(section.slug, id);
  }
  const articles = (await readTexts('articles')).sort((a, b) => (a.page ?? 0) - (b.page ?? 0));
  const news = await readTexts('news');
  const pictures = await takePictures([...articles, ...news]);
  const positions = new Map<number, number>();
  const written: Ids = new Map();
  for (const text of [...articles, ...news]) {
    const issue = text.issue === null ? undefined : made.get(text.issue);
    const position = (positions.get(text.issue ?? 0) ?? 0) + 1;
    positions.set(text.issue ?? 0, position);
    const parts = articleParts(text, issue, today, position, contributors);
    const { id } = await anArticle({
      ...parts,
      sectionId: idOf(ids, text.section),
      pictureId: idOf(pictures, pictureKey(text.picture, text.pictureAlt)),
      body: markdownToBody(text.markdown, {
        mediaId: (name, alt) => idOf(pictures, pictureKey(name, alt)),
        dropCap: issue !== undefined,
      }),
    });
    written.set(text.slug, id);
  }
  for (const { slug, related } of articles) {
    if (related.length === 0) continue;
    await db()
      .insert(relatedArticles)
      .values(
        related.map((other, position) => ({
          articleId: idOf(written, slug),
          relatedId: idOf(written, other),
          position,
        })),
      );
  }
}

function articleParts(
  text: SeedText,
  issue: MadeIssue | undefined,
  today: Date,
  position: number,
  contributors: Ids,
): ArticleParts {
  const { title, slug, kicker, standfirst, access, topics, department, page } = text;
  const out = issue ? issue.onSaleAt : new Date(today.getTime() - text.daysAgo * day);
  const publishedAt = issue && issue.onSaleIn > 0 ? null : out;
  return {
    title,
    slug,
    kicker,
    standfirst,
    access,
    topics,
    kind: issue ? 'article' : 'news',
    bylines: text.bylines.flatMap((byline) =>
      Object.entries(byline).map(([role, person]) => ({
        role: role as keyof typeof byline,
        contributorId: idOf(contributors, person),
      })),
    ),
    publishedAt,
    correctedAt:
      publishedAt && text.correctedDaysAfter
        ? new Date(publishedAt.getTime() + text.correctedDaysAfter * day)
        : null,
    ...(issue ? { placement: { issueId: issue.id, department, position, page } } : {}),
  };
}

const pictureKey = (name: string, alt: string) => `${name}\n${alt}`;

/** Draws every picture that the texts name, once for each description. */
async function takePictures(texts: SeedText[]): Promise<Ids> {
  const wanted = new Map<string, { name: string; alt: string; caption: string }>();
  for (const text of texts) {
    const { picture: name, pictureAlt: alt, pictureCaption: caption } = text;
    wanted.set(pictureKey(name, alt), { name, alt, caption });
    markdownToBody(text.markdown, {
      dropCap: false,
      mediaId: (inText, described) => {
        const key = pictureKey(inText, described);
        if (!wanted.has(key)) wanted.set(key, { name: inText, alt: described, caption: '' });
        return key.slice(0, 60);
      },
    });
  }
  const ids: Ids = new Map();
  const queue = [...wanted];
  const draw = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const [key, { name, alt, caption }] = next;
      ids.set(key, await takeDrawing(name, { alt, caption }));
    }
  };
  await Promise.all([draw(), draw(), draw()]);
  return ids;
}

/** The demo's reader, who bought an issue on the screen some time ago. */
async function seedReader(made: Map<number, MadeIssue>): Promise<void> {
  const reader = await aPerson({ email: 'reader@example.org', name: 'Rosa Reader' });
  const issue = made.get(12);
  if (!issue) throw new Error('The demo has no issue 12');
  const paidAt = new Date(issue.onSaleAt.getTime() + 5 * day);
  await anOrder({
    productId: issue.digital,
    unitAmount: prices.digital.EUR,
    order: {
      userId: reader.userId,
      email: reader.email,
      paidAt,
      createdAt: paidAt,
      expiresAt: paidAt,
    },
  });
}

function idOf(ids: Ids, key: string): string {
  const id = ids.get(key);
  if (!id) throw new Error(`The demo knows no “${key}”`);
  return id;
}
