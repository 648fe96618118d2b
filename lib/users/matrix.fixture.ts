import { asc, eq, isNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { aBody, aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { aPlan, aPostageZone, aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles, bylines, revisions } from '#db/schema/articles.ts';
import { alerts, auditEntries } from '#db/schema/audit.ts';
import { plans, postageCountries, postageZones } from '#db/schema/catalog.ts';
import { sections, series, topics } from '#db/schema/contributors.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { publication } from '#db/schema/publication.ts';
import { redirects } from '#db/schema/redirects.ts';
import { users } from '#db/schema/users.ts';
import { assignments, comments, previewLinks } from '#db/schema/workflow.ts';
import { clock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { words } from '#lib/media/library.fixture.ts';
import type { Result } from '#lib/result.ts';
import { slugify } from '#lib/slug.ts';
import { type Actor, anonymous, type Person } from '#lib/users/rules.ts';

/** Who asks: `own` is a writer whose draft it is, `writer` one whose it is not. */
const askers = ['anonymous', 'reader', 'writer', 'own', 'editor', 'publisher', 'admin'] as const;
type Asker = (typeof askers)[number];

/** Who may, from whom on: each of these may what the one before may. */
export const from = {
  own: ['own', 'editor', 'publisher', 'admin'],
  writers: ['writer', 'own', 'editor', 'publisher', 'admin'],
  editors: ['editor', 'publisher', 'admin'],
  publishers: ['publisher', 'admin'],
  admins: ['admin'],
} satisfies Record<string, Asker[]>;

export type World = Awaited<ReturnType<typeof aWorld>>;

/**
 * One line of the matrix: what a command is called, who may use it, and one use of it. Those who may have to succeed in a
 * world that lacks nothing; everybody else is refused, and leaves no trace.
 */
export function row(
  name: string,
  allowed: readonly Asker[],
  use: (actor: Actor, world: World) => Promise<Result<unknown>>,
): void {
  test(`${name}: ${allowed.join(', ')}, and nobody else`, async () => {
    // A refused command changes nothing, so that all who are refused share a world.
    const shared = await aWorld();
    for (const asker of askers) {
      const isAllowed = allowed.includes(asker);
      const world = isAllowed ? await aWorld() : shared;
      const before = await db().$count(auditEntries);
      const done = await use(world.actors[asker], world);
      if (isAllowed) {
        expect({ asker, ...done }).toMatchObject({ ok: true });
        continue;
      }
      expect({ asker, ...done }).toMatchObject({ ok: false });
      // What somebody may not see is not there for them.
      expect(['forbidden', 'not_found'], asker).toContain(done.ok ? '' : done.reason);
      expect({ asker, trace: await db().$count(auditEntries) }).toEqual({ asker, trace: before });
    }
  });
}

let worlds = 0;

/** A magazine of its own: a draft that could come out, an issue that could, and everybody. */
async function aWorld() {
  worlds += 1;
  const mark = `${worlds}`;
  const staff = (name: string, staffRole?: Person['staffRole']) =>
    aPerson({ email: `${name}-${mark}@example.org`, ...(staffRole ? { staffRole } : {}) });
  const actors: Record<Asker, Actor> = {
    anonymous,
    reader: await staff('reader'),
    writer: await staff('writer', 'writer'),
    own: await staff('own', 'writer'),
    editor: await staff('editor', 'editor'),
    publisher: await staff('publisher', 'publisher'),
    admin: await staff('admin', 'admin'),
  };
  const { userId: ownerId } = actors.own as Person;
  const { userId: writerId } = actors.writer as Person;
  if ((await db().$count(publication)) === 0) await aPublication();
  const section = await aSection({ name: `Section ${mark}`, position: worlds });
  const contributor = await aContributor({ name: `Contributor ${mark}` });
  const topicId = await aNamed(topics, `Topic ${mark}`);
  const seriesId = await aNamed(series, `Series ${mark}`);
  const redirect = `/former-${mark}`;
  await db().insert(redirects).values({ fromPath: redirect, target: '/issues' });
  // What nothing uses.
  const spare = {
    topicId: await aNamed(topics, `Spare topic ${mark}`),
    issue: await anIssue({ title: `Spare ${mark}`, number: 20_000 + worlds, publishedAt: null }),
    section: await aSection({ name: `Spare section ${mark}`, position: 1_000 + worlds }),
    contributor: await aContributor({ name: `Spare contributor ${mark}` }),
    plan: await aPlan({ name: `Spare plan ${mark}`, retiredAt: clock.now() }),
    zone: await aPostageZone({ countries: [] }),
  };
  const coverId = await aFile(null);
  const pictureId = await aFile(ownerId);
  const issue = await anIssue({
    title: `Issue ${mark}`,
    number: 10_000 + worlds,
    publishedAt: null,
    coverId,
  });
  const whole = {
    body: aBody('The water rose.'),
    sectionId: section.id,
    bylines: [{ contributorId: contributor.id, role: 'author' as const }],
    createdBy: ownerId,
  };
  const draft = await anArticle({ ...whole, title: `Draft ${mark}`, publishedAt: null });
  const placed = await anArticle({
    ...whole,
    title: `Placed ${mark}`,
    publishedAt: null,
    placement: { issueId: issue.id, department: 'Essays', position: 1 },
  });
  const published = await anArticle({ ...whole, title: `Published ${mark}` });
  const changed = await anArticle({ ...whole, title: `Changed ${mark}` });
  await addDraft(changed.id, 2);
  const olderRevisionId = draft.revisionId;
  await addDraft(draft.id, 1);
  const product = await aProduct({ issueId: issue.id });
  const order = await anOrder({ productId: product.id });
  const plan = await aPlan({ name: `Plan ${mark}` });
  const zone = await aPostageZone({ countries: [] });
  // What is sold has to be posted somewhere.
  if ((await db().$count(postageCountries)) === 0) await aPostageZone();
  const { alertId, assignmentId, commentId, previewId, issuePreviewId } = await aDesk({
    articleId: draft.id,
    issueId: issue.id,
    ownerId,
  });
  const { id: invitedId } = await anInvited(`invited-${mark}@example.org`);
  const sectionIds = (
    await db().select({ id: sections.id }).from(sections).orderBy(sections.position, sections.name)
  ).map(({ id }) => id);
  return {
    mark,
    ...(await ordersNow()),
    sectionIds,
    topicId,
    seriesId,
    redirect,
    pictureId,
    invitedId,
    changed,
    olderRevisionId,
    number: 50_000 + worlds,
    actors,
    ownerId,
    writerId,
    section,
    contributor,
    spare,
    issue,
    draft,
    placed,
    published,
    product,
    order,
    plan,
    zone,
    alertId,
    assignmentId,
    commentId,
    previewId,
    issuePreviewId,
  };
}

/** The plans on offer and the zones of postage, as they stand. */
async function ordersNow() {
  const { position, name, id } = plans;
  const offered = await db()
    .select({ id })
    .from(plans)
    .where(isNull(plans.retiredAt))
    .orderBy(asc(position), asc(name), asc(id));
  const zones = await db()
    .select({ id: postageZones.id })
    .from(postageZones)
    .orderBy(asc(postageZones.position), asc(postageZones.name));
  return { planIds: offered.map((one) => one.id), zoneIds: zones.map((one) => one.id) };
}

/** What lies about a draft and an issue in an office; the comment and the task are the owner's. */
async function aDesk(of: { articleId: string; issueId: string; ownerId: string }) {
  const { articleId, issueId, ownerId } = of;
  const ids = {
    alertId: newId(),
    assignmentId: newId(),
    commentId: newId(),
    previewId: newId(),
    issuePreviewId: newId(),
  };
  await db()
    .insert(alerts)
    .values({ id: ids.alertId, kind: 'x', level: 'notice', message: 'Look', key: ids.alertId });
  await db()
    .insert(assignments)
    .values({ id: ids.assignmentId, articleId, userId: ownerId, task: 'check_facts' });
  await db()
    .insert(comments)
    .values({ id: ids.commentId, articleId, authorId: ownerId, text: 'Is this so?' });
  const expiresAt = new Date(clock.now().getTime() + 86_400_000);
  await db()
    .insert(previewLinks)
    .values([
      { id: ids.previewId, articleId, tokenHash: ids.previewId, expiresAt },
      { id: ids.issuePreviewId, issueId, tokenHash: ids.issuePreviewId, expiresAt },
    ]);
  return ids;
}

async function aNamed(table: typeof topics | typeof series, name: string): Promise<string> {
  const [row] = await db()
    .insert(table)
    .values({ name, slug: slugify(name) })
    .returning({ id: table.id });
  return row?.id ?? '';
}

/** A picture of which there is only the row, and which nothing shows. */
async function aFile(createdBy: string | null): Promise<string> {
  const id = newId();
  const { alt, caption, credit, licence } = words;
  await db()
    .insert(mediaAssets)
    .values({
      ...{ id, storageKey: id, hash: id, createdBy, alt, caption, credit, licence },
      ...{ filename: 'a.png', type: 'image/png', bytes: 1, width: 640, height: 800 },
    });
  return id;
}

/** Opens a further revision of an article, with the same words. */
async function addDraft(articleId: string, version: number): Promise<void> {
  const [last] = await db().select().from(revisions).where(eq(revisions.articleId, articleId));
  if (!last) throw new Error('The article has no revision');
  const id = newId();
  await db()
    .insert(revisions)
    .values({ ...last, id, number: 2, version, publishedAt: null });
  const names = await db().select().from(bylines).where(eq(bylines.revisionId, last.id));
  if (names.length > 0) {
    await db()
      .insert(bylines)
      .values(names.map((name) => ({ ...name, revisionId: id })));
  }
  await db().update(articles).set({ draftRevisionId: id }).where(eq(articles.id, articleId));
}

/** Somebody with a role who has never been here. */
async function anInvited(email: string): Promise<{ id: string }> {
  const [row] = await db()
    .insert(users)
    .values({ email, staffRole: 'writer' })
    .returning({ id: users.id });
  if (!row) throw new Error('No account was made');
  return row;
}
