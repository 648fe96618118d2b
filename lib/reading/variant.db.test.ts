import { describe, expect, test, vi } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db, pool } from '#db/client.ts';
import { entitlements } from '#db/schema/entitlements.ts';
import { sessions } from '#db/schema/users.ts';
import { useDatabase } from '#db/testing.ts';
import { clock } from '#lib/clock.ts';
import { type Person, type StaffRole, staffRoles } from '#lib/users/rules.ts';
import { getArticleFor } from './article.ts';
import { type Subject, variantOf, variantsFor } from './variant.ts';

// Outside Next there is no cache.
vi.mock('next/cache', () => ({ cacheLife: () => {} }));
useDatabase();

const day = 24 * 60 * 60 * 1_000;
const inDays = (days: number) => new Date(Date.now() + days * day);
let made = 0;

/** Signs somebody in, until a number of days from now. */
async function aSession({ userId }: Person, days = 1): Promise<string> {
  made += 1;
  const sessionToken = `session-${made}`;
  await db()
    .insert(sessions)
    .values({ sessionToken, userId, expires: inDays(days) });
  return sessionToken;
}

type GrantParts = Partial<typeof entitlements.$inferInsert>;
const aGrant = ({ userId }: Person, issueId: string, parts: GrantParts = {}) =>
  db()
    .insert(entitlements)
    .values({ userId, issueId, source: 'gift', startsAt: inDays(-9), ...parts });

async function aMagazine() {
  const issue = await anIssue({ number: 14, onSaleAt: inDays(-30) });
  const current = await anIssue({ number: 15, onSaleAt: inDays(-1) });
  const draft = await anIssue({ number: 16, publishedAt: null });
  const placedIn = (issueId: string, access: 'free' | 'gated') =>
    anArticle({ access, placement: { issueId, department: 'Essays', position: made++ } });
  const articles = {
    gated: await placedIn(issue.id, 'gated'),
    free: await placedIn(issue.id, 'free'),
    loose: await anArticle({ access: 'gated' }),
    early: await placedIn(draft.id, 'gated'),
    unpublished: await anArticle({ access: 'gated', publishedAt: null }),
  };
  return { issue, current, draft, articles };
}

const article = (slug: string): Subject => ({ kind: 'article', slug });
const variantFor = async (session: string, subject: Subject) =>
  (await variantsFor([{ session, subject }]))[0];

const revoked = { revokedAt: inDays(-1), revokedReason: 'refunded' };
const holders: {
  who: string;
  role?: StaffRole;
  grants: GrantParts[];
  gated: string;
  free: string;
}[] = [
  { who: 'nothing', grants: [], gated: 'reader.not-owned', free: 'reader.open' },
  { who: 'the issue', grants: [{}], gated: 'reader.open.owner', free: 'reader.open.owner' },
  {
    who: 'it until tomorrow',
    grants: [{ endsAt: inDays(1) }],
    gated: 'reader.open.owner',
    free: 'reader.open.owner',
  },
  {
    who: 'it until yesterday',
    grants: [{ endsAt: inDays(-1) }],
    gated: 'reader.ended',
    free: 'reader.open',
  },
  { who: 'it no more', grants: [revoked], gated: 'reader.revoked', free: 'reader.open' },
  {
    who: 'it from tomorrow on',
    grants: [{ startsAt: inDays(1) }],
    gated: 'reader.not-yet',
    free: 'reader.open',
  },
  {
    who: 'it no more, and again',
    grants: [revoked, { endsAt: inDays(-2) }, {}],
    gated: 'reader.open.owner',
    free: 'reader.open.owner',
  },
  ...staffRoles.map((role) => ({
    who: `a desk as ${role}`,
    role,
    grants: [],
    gated: 'staff.open',
    free: 'staff.open',
  })),
  {
    who: 'a desk and the issue',
    role: 'editor',
    grants: [{}],
    gated: 'staff.open.owner',
    free: 'staff.open.owner',
  },
];

describe.each(holders)('who holds $who', ({ role, grants, gated, free }) => {
  test('gets the variant of an article that Next’s own answer has', async () => {
    const { issue, articles } = await aMagazine();
    const person = await aPerson(role ? { staffRole: role } : {});
    for (const parts of grants) await aGrant(person, issue.id, parts);
    const session = await aSession(person);
    expect(await variantFor(session, article(articles.gated.slug))).toBe(gated);
    expect(await variantFor(session, article(articles.free.slug))).toBe(free);
    for (const { slug } of Object.values(articles)) {
      const view = await getArticleFor(person, slug);
      const standing = view && { verdict: view.verdict, owns: view.ownsIssue };
      expect(await variantFor(session, article(slug)), slug).toBe(
        variantOf({ staff: role !== undefined, ...standing }),
      );
    }
  });

  test('gets the page of the issue as its owner only while they own it', async () => {
    const { issue, current } = await aMagazine();
    const person = await aPerson(role ? { staffRole: role } : {});
    for (const parts of grants) await aGrant(person, issue.id, parts);
    const session = await aSession(person);
    const as = role ? 'staff' : 'reader';
    const owner = gated.endsWith('.owner') ? `${as}.owner` : as;
    expect(await variantFor(session, { kind: 'issue', slug: issue.slug })).toBe(owner);
    expect(await variantFor(session, { kind: 'issue', slug: current.slug })).toBe(as);
    expect(await variantFor(session, { kind: 'list' })).toBe(as);
    expect(await variantFor(session, { kind: 'home' })).toBe(as);
  });
});

test('the front page is the owner’s for who owns the current issue, not for who owns another', async () => {
  const { current, draft } = await aMagazine();
  const [owner, early] = [await aPerson(), await aPerson()];
  await aGrant(owner, current.id);
  await aGrant(early, draft.id);
  expect(await variantFor(await aSession(owner), { kind: 'home' })).toBe('reader.owner');
  expect(await variantFor(await aSession(early), { kind: 'home' })).toBe('reader');
});

test('what isn’t published looks the same to all of one standing', async () => {
  const { draft } = await aMagazine();
  const person = await aPerson();
  await aGrant(person, draft.id);
  const session = await aSession(person);
  for (const slug of ['unknown', draft.slug])
    for (const kind of ['article', 'issue'] as const)
      expect(await variantFor(session, { kind, slug }), slug).toBe('reader');
});

test('a session that is over, unknown or ended elsewhere is none', async () => {
  const { issue, articles } = await aMagazine();
  const person = await aPerson();
  await aGrant(person, issue.id);
  const ended = await aSession(person, -1);
  const subjects: Subject[] = [{ kind: 'list' }, { kind: 'home' }, article(articles.gated.slug)];
  for (const subject of subjects)
    for (const session of [ended, 'unknown', ''])
      expect(await variantFor(session, subject)).toBeNull();
  const session = await aSession(person);
  expect(await variantFor(session, article(articles.gated.slug))).toBe('reader.open.owner');
  await db().delete(sessions);
  expect(await variantFor(session, article(articles.gated.slug))).toBeNull();
});

test('a grant that is given or taken back counts at the next question', async () => {
  const { issue, articles } = await aMagazine();
  const person = await aPerson();
  const session = await aSession(person);
  const asked = () => variantFor(session, article(articles.gated.slug));
  expect(await asked()).toBe('reader.not-owned');
  await aGrant(person, issue.id);
  expect(await asked()).toBe('reader.open.owner');
  await db().update(entitlements).set(revoked);
  expect(await asked()).toBe('reader.revoked');
});

test('many questions are answered each in its place, from two look-ups', async () => {
  const { issue, articles } = await aMagazine();
  const people = await Promise.all(Array.from({ length: 30 }, () => aPerson()));
  const tokens: string[] = [];
  for (const [index, person] of people.entries()) {
    if (index % 3 === 0) await aGrant(person, issue.id);
    tokens.push(await aSession(person, index % 5 === 4 ? -1 : 1));
  }
  const questions = tokens.map((session, index) => ({
    session,
    subject: article(index % 2 ? articles.gated.slug : articles.loose.slug),
  }));
  await db().update(sessions).set({ seenAt: clock.now() });
  const query = vi.spyOn(pool(), 'query');
  const variants = await variantsFor(questions);
  expect(query).toHaveBeenCalledTimes(2);
  query.mockRestore();
  expect(variants).toEqual(
    tokens.map((_, index) => {
      if (index % 5 === 4) return null;
      if (index % 2 === 0) return 'reader.no-issue';
      return index % 3 === 0 ? 'reader.open.owner' : 'reader.not-owned';
    }),
  );
});

test('a session that asks is noted as seen, without anybody waiting for it', async () => {
  const { articles } = await aMagazine();
  await aSession(await aPerson());
  const [row] = await db().select().from(sessions);
  expect(row?.seenAt).toBeNull();
  await variantFor(row?.sessionToken ?? '', article(articles.free.slug));
  await vi.waitFor(async () => {
    expect((await db().select().from(sessions))[0]?.seenAt).toBeInstanceOf(Date);
  });
});

test('one look-up is enough where nobody is signed in any more', async () => {
  const { articles } = await aMagazine();
  const query = vi.spyOn(pool(), 'query');
  await variantsFor([{ session: 'over', subject: article(articles.gated.slug) }]);
  expect(query).toHaveBeenCalledTimes(1);
  query.mockRestore();
});
