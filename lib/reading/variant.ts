import { and, desc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { entitlements } from '#db/schema/entitlements.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { sessions, users } from '#db/schema/users.ts';
import { isStale, noteSeen } from '#lib/auth/sessions.ts';
import { clock } from '#lib/clock.ts';
import { canRead, type Grant, owns, type Readable, type Verdict } from '#lib/entitlements/rules.ts';

/** What a public page is about, as far as it looks different to one reader than to another. */
export type Subject =
  | { kind: 'article'; slug: string }
  | { kind: 'issue'; slug: string }
  /** The front page, which shows the current issue. */
  | { kind: 'home' }
  | { kind: 'list' };

/**
 * All that a public page knows of the person who looks at it. Two people of whom the same is true get the same page, to
 * the byte: nothing else about them may ever stand in it.
 */
export type Standing = {
  staff: boolean;
  /** Of an article's page: what opens or closes its text. */
  verdict?: Verdict;
  /** Of a page that sells an issue: whether they may read that issue already. */
  owns?: boolean;
};

/** The name of the one rendering of a page that people of this standing share. */
export function variantOf({ staff, verdict, owns }: Standing): string {
  const text = verdict && (verdict.kind === 'yes' ? 'open' : verdict.reason);
  return [staff ? 'staff' : 'reader', text, owns && 'owner'].filter(Boolean).join('.');
}

/** Whether somebody with these grants may read an article: who works for the magazine may read all of it. */
export function verdictFor(
  viewer: { staff: boolean },
  article: Omit<Readable, 'published'>,
  grants: readonly Grant[],
  now: Date,
): Verdict {
  return viewer.staff
    ? { kind: 'yes', reason: 'complimentary', because: 'You work for the magazine' }
    : canRead({ ...article, published: true }, grants, now);
}

export type Question = { session: string; subject: Subject };

/**
 * Which variant of a page each session is to get, asked of the database now: `null` for a session that is over. However
 * many questions there are, they take one look-up for the sessions and one for what they may read.
 */
export async function variantsFor(questions: readonly Question[]): Promise<(string | null)[]> {
  const now = clock.now();
  const viewers = await viewersOf([...new Set(questions.map(({ session }) => session))], now);
  const people = [...new Set([...viewers.values()].map(({ userId }) => userId))];
  const subjects = questions.map(({ subject }) => subject);
  const [texts, onSale] = await Promise.all([
    textsOf(slugsOf(subjects, 'article'), people),
    issuesOf(subjects, people),
  ]);
  return questions.map(({ session, subject }) => {
    const viewer = viewers.get(session);
    if (!viewer) return null;
    const { staff, userId } = viewer;
    if (subject.kind === 'list') return variantOf({ staff });
    const own = (rows: Row[]) => rows.flatMap((row) => grantOf(row, userId));
    if (subject.kind === 'article') {
      const rows = texts.filter(({ slug }) => slug === subject.slug);
      const [text] = rows;
      if (!text) return variantOf({ staff });
      const { access, issueId, number, released } = text;
      const issueName = released ? `No. ${number}` : null;
      const article = { access, issueId, issueName };
      return variantOf({
        staff,
        verdict: verdictFor({ staff }, article, own(rows), now),
        owns: issueId !== null && owns(issueId, own(rows), now),
      });
    }
    const rows = onSale.filter((row) =>
      subject.kind === 'home' ? row.current : row.slug === subject.slug,
    );
    const issueId = rows[0]?.issueId;
    return variantOf({ staff, owns: issueId !== undefined && owns(issueId, own(rows), now) });
  });
}

type Row = {
  issueId: string | null;
  grant: (Omit<Grant, 'issueId'> & { userId: string | null }) | null;
};

function grantOf({ issueId, grant }: Row, userId: string): Grant[] {
  return issueId && grant && grant.userId === userId ? [{ ...grant, issueId }] : [];
}

async function viewersOf(tokens: string[], now: Date) {
  const rows = await db()
    .select({
      token: sessions.sessionToken,
      expires: sessions.expires,
      seenAt: sessions.seenAt,
      userId: users.id,
      staffRole: users.staffRole,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(inArray(sessions.sessionToken, tokens));
  const current = rows.filter(({ expires }) => expires > now);
  const unseen = current.filter(({ seenAt }) => isStale(seenAt, now)).map(({ token }) => token);
  // Nobody waits for it, and a time that is missing in a list hurts nobody.
  if (unseen.length > 0) noteSeen(unseen).catch(() => {});
  return new Map(
    current.map(({ token, ...person }) => {
      return [token, { userId: person.userId, staff: person.staffRole !== null }];
    }),
  );
}

const grant = {
  userId: entitlements.userId,
  source: entitlements.source,
  startsAt: entitlements.startsAt,
  endsAt: entitlements.endsAt,
  revokedAt: entitlements.revokedAt,
};

/** What decides about published articles, once for each right that one of these people has to its issue. */
async function textsOf(slugs: string[], people: string[]) {
  if (slugs.length === 0 || people.length === 0) return [];
  return db()
    .select({
      slug: articles.slug,
      access: revisions.access,
      issueId: issues.id,
      number: issues.number,
      released: issues.publishedAt,
      grant,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.publishedRevisionId))
    .leftJoin(placements, eq(placements.articleId, articles.id))
    .leftJoin(issues, eq(issues.id, placements.issueId))
    .leftJoin(
      entitlements,
      and(eq(entitlements.issueId, issues.id), inArray(entitlements.userId, people)),
    )
    .where(and(inArray(articles.slug, slugs), isNotNull(articles.publishedAt)));
}

/** The same of published issues: of those with these addresses, and of the current one where the front page asks. */
async function issuesOf(subjects: Subject[], people: string[]) {
  const slugs = slugsOf(subjects, 'issue');
  const home = subjects.some(({ kind }) => kind === 'home');
  if ((slugs.length === 0 && !home) || people.length === 0) return [];
  const current = db()
    .select({ id: issues.id })
    .from(issues)
    .where(isNotNull(issues.publishedAt))
    .orderBy(desc(issues.onSaleAt), desc(issues.number))
    .limit(1);
  return db()
    .select({
      slug: issues.slug,
      issueId: issues.id,
      current: sql<boolean>`${issues.id} = (${current})`,
      grant,
    })
    .from(issues)
    .leftJoin(
      entitlements,
      and(eq(entitlements.issueId, issues.id), inArray(entitlements.userId, people)),
    )
    .where(
      and(
        isNotNull(issues.publishedAt),
        or(
          slugs.length > 0 ? inArray(issues.slug, slugs) : undefined,
          home ? eq(issues.id, current) : undefined,
        ),
      ),
    );
}

function slugsOf(subjects: readonly Subject[], kind: 'article' | 'issue'): string[] {
  const slugs = subjects.flatMap((subject) => (subject.kind === kind ? [subject.slug] : []));
  return [...new Set(slugs)];
}
