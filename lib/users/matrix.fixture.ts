import { expect, test } from 'vitest';
import { aBody, aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { alerts, auditEntries } from '#db/schema/audit.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { publication } from '#db/schema/publication.ts';
import { assignments, comments, previewLinks } from '#db/schema/workflow.ts';
import { clock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import type { Result } from '#lib/result.ts';
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
    for (const asker of askers) {
      const world = await aWorld();
      const before = await db().$count(auditEntries);
      const done = await use(world.actors[asker], world);
      const trace = (await db().$count(auditEntries)) - before;
      if (allowed.includes(asker)) expect({ asker, ...done }).toMatchObject({ ok: true });
      else {
        expect({ asker, ...done }).toMatchObject({ ok: false });
        // What somebody may not see is not there for them.
        expect(['forbidden', 'not_found'], asker).toContain(done.ok ? '' : done.reason);
        expect({ asker, trace }).toEqual({ asker, trace: 0 });
      }
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
  // What nothing uses.
  const spare = {
    section: await aSection({ name: `Spare section ${mark}`, position: 1_000 + worlds }),
    contributor: await aContributor({ name: `Spare contributor ${mark}` }),
  };
  const coverId = newId();
  await db().insert(mediaAssets).values({
    id: coverId,
    storageKey: coverId,
    filename: 'cover.png',
    type: 'image/png',
    bytes: 1,
    width: 640,
    height: 800,
    hash: coverId,
    alt: 'A cover',
  });
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
  const product = await aProduct({ issueId: issue.id });
  const order = await anOrder({ productId: product.id });
  const { alertId, assignmentId, commentId, previewId, issuePreviewId } = await aDesk({
    articleId: draft.id,
    issueId: issue.id,
    ownerId,
  });
  return {
    mark,
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
    alertId,
    assignmentId,
    commentId,
    previewId,
    issuePreviewId,
  };
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
