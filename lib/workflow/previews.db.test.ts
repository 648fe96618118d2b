import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { aBody, anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { previewLinks } from '#db/schema/workflow.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { findPublished } from '#lib/articles/queries.ts';
import { countPreview } from '#lib/auth/limits.ts';
import { setClock } from '#lib/clock.ts';
import { newId, newToken } from '#lib/ids.ts';
import { getPreview } from '#lib/reading/preview.ts';
import { redactText } from '#lib/redact.ts';
import type { Actor } from '#lib/users/rules.ts';
import { moveArticle } from './commands.ts';
import { previewInput } from './input.ts';
import { anOffice } from './office.fixture.ts';
import { createPreview, type PreviewSubject, revokePreview } from './previews.ts';
import { listPreviews } from './queries.ts';

useDatabase();

async function linkTo(actor: Actor, of: PreviewSubject, days = 7): Promise<string> {
  const made = await createPreview(actor, of, { days, note: 'Our lawyer' });
  if (!made.ok) throw new Error(made.message);
  return made.value.token;
}

async function idOf(actor: Actor, of: PreviewSubject): Promise<string> {
  return (await listPreviews(actor, of))?.[0]?.id ?? '';
}

/** The text that a link shows, if any. */
async function textAt(token: string, slug: string | null = null): Promise<string | null> {
  const preview = await getPreview(token, slug);
  return preview?.shows.kind === 'article' ? JSON.stringify(preview.shows.article.body) : null;
}

describe('a preview link', () => {
  test('shows a gated draft whole, as it stands now, to whoever has it, and nobody else anything', async () => {
    const { editor } = await anOffice();
    const article = await anArticle({
      ...{ access: 'gated', publishedAt: null, slug: 'ebb', body: aBody('One.', 'Two.') },
    });
    const token = await linkTo(editor, { articleId: article.id });
    expect(await textAt(token)).toContain('Two.');
    const preview = await getPreview(token, null);
    expect(preview?.shows).toMatchObject({ kind: 'article', article: { complete: true } });
    await saveArticle(editor, article.id, 1, {
      ...{ title: 'Ebb', slug: 'ebb', kind: 'article', kicker: '', standfirst: '' },
      ...{ access: 'gated', sectionId: null, pictureId: null, bylines: [], topics: [] },
      body: aBody('Three.'),
    });
    expect(await textAt(token)).toContain('Three.');
    expect(await findPublished('ebb', { mayReadGated: true })).toBeNull();
    expect(await expiredTags()).toEqual([]);
  });

  test('shows the change of what is published already, and readers go on seeing what is out', async () => {
    const { editor } = await anOffice();
    const article = await anArticle({ slug: 'ebb', body: aBody('Old.') });
    const token = await linkTo(editor, { articleId: article.id });
    await saveArticle(editor, article.id, 1, {
      ...{ title: 'Ebb', slug: 'ebb', kind: 'article', kicker: '', standfirst: '' },
      ...{ access: 'free', sectionId: null, pictureId: null, bylines: [], topics: [] },
      body: aBody('New.'),
    });
    expect(await textAt(token)).toContain('New.');
    const out = await findPublished('ebb', { mayReadGated: false });
    expect(JSON.stringify(out?.body)).toContain('Old.');
  });

  test('is 32 random bytes of which the database holds a hash alone, and the log nothing', async () => {
    const { editor, article } = await anOffice();
    const token = await linkTo(editor, { articleId: article.id });
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const [row] = await db().select().from(previewLinks);
    expect(row?.tokenHash).toBe(createHash('sha256').update(token).digest('base64url'));
    const log = JSON.stringify(await db().select().from(auditEntries));
    expect(JSON.stringify(row) + log).not.toContain(token);
    expect(log).toContain('Our lawyer');
    expect(redactText(`GET /preview/${token}/tide failed`)).not.toContain(token);
  });

  test('opens nothing with its hash, with its case changed, cut, longer, or made up', async () => {
    const { editor, article } = await anOffice();
    const token = await linkTo(editor, { articleId: article.id });
    const [row] = await db().select().from(previewLinks);
    const flipped = token.replace(/[a-z]/, (letter) => letter.toUpperCase());
    const tries = [row?.tokenHash ?? '', row?.id ?? '', article.id, flipped, token.slice(1)];
    for (const wrong of [
      ...tries,
      `${token}A`,
      `${token}=`,
      newToken(32),
      '',
      '%',
      '\0',
      "' or 1=1",
    ]) {
      expect(await getPreview(wrong, null), wrong).toBeNull();
    }
    expect(await getPreview(token, null)).not.toBeNull();
  });

  test('ends at its minute, and is off the list then', async () => {
    const { editor, article } = await anOffice();
    const of = { articleId: article.id };
    setClock(() => new Date('2026-11-23T12:00:00Z'));
    const token = await linkTo(editor, of, 1);
    setClock(() => new Date('2026-11-24T11:59:59Z'));
    expect(await getPreview(token, null)).toMatchObject({
      expiresAt: new Date('2026-11-24T12:00Z'),
    });
    expect(await listPreviews(editor, of)).toMatchObject([
      { note: 'Our lawyer', who: 'Ed Editor' },
    ]);
    setClock(() => new Date('2026-11-24T12:00:00Z'));
    expect(await getPreview(token, null)).toBeNull();
    expect(await listPreviews(editor, of)).toEqual([]);
  });

  test('is closed at once by anybody who may make one, once however often', async () => {
    const { writer, other, editor, article } = await anOffice();
    const of = { articleId: article.id };
    const token = await linkTo(writer, of);
    const id = await idOf(writer, of);
    expect(await revokePreview(other, id)).toMatchObject({ reason: 'not_found' });
    await Promise.all([revokePreview(editor, id), revokePreview(writer, id)]);
    expect(await getPreview(token, null)).toBeNull();
    const log = await db().select().from(auditEntries);
    expect(log.map(({ action }) => action).toSorted()).toEqual([
      'preview.create',
      'preview.revoke',
    ]);
    expect(await revokePreview(editor, newId())).toMatchObject({ reason: 'not_found' });
  });

  test('is a writer’s to make for a draft of theirs alone, and no longer once it is handed in', async () => {
    const { writer, other, article } = await anOffice();
    const of = { articleId: article.id };
    expect(await createPreview(other, of, { days: 1, note: '' })).toMatchObject({
      reason: 'not_found',
    });
    expect(await listPreviews(other, of)).toBeNull();
    await moveArticle(writer, article.id, { from: 'draft', to: 'in_review', note: '' });
    expect(await createPreview(writer, of, { days: 1, note: '' })).toMatchObject({
      reason: 'forbidden',
    });
    expect(await listPreviews(writer, of)).toBeNull();
  });

  test('is made for as long as the office offers, and no longer', () => {
    for (const days of ['0', '2', '31', '365', '-1', 'NaN', '']) {
      expect(previewInput.safeParse({ days, note: '' }).success, days).toBe(false);
    }
    expect(previewInput.parse({ days: '30', note: ' x ' })).toEqual({ days: 30, note: 'x' });
  });
});

describe('the preview of an issue', () => {
  async function anIssueInWork() {
    const office = await anOffice();
    const issue = await anIssue({ title: 'Salt', publishedAt: null });
    const inside = await anArticle({
      ...{ slug: 'inside', publishedAt: null, access: 'gated', body: aBody('Inside.') },
      placement: { issueId: issue.id, department: 'Essays', position: 1 },
    });
    const outside = await anArticle({ slug: 'outside', publishedAt: null });
    return { ...office, issue, inside, outside };
  }

  test('shows its contents and each of its articles whole, and no other article', async () => {
    const { editor, issue, inside, outside, article } = await anIssueInWork();
    const token = await linkTo(editor, { issueId: issue.id });
    const preview = await getPreview(token, null);
    expect(preview?.shows).toMatchObject({
      kind: 'issue',
      released: false,
      issue: { title: 'Salt', contents: [{ name: 'Essays', articles: [{ slug: 'inside' }] }] },
    });
    expect(await textAt(token, 'inside')).toContain('Inside.');
    for (const slug of ['outside', 'tide', outside.id, article.id, inside.id, '']) {
      expect(await getPreview(token, slug), slug).toBeNull();
    }
  });

  test('an article’s link opens neither its issue nor the articles beside it', async () => {
    const { editor, inside } = await anIssueInWork();
    const token = await linkTo(editor, { articleId: inside.id });
    expect(await textAt(token)).toContain('Inside.');
    for (const slug of ['inside', 'outside', 'tide']) {
      expect(await getPreview(token, slug)).toBeNull();
    }
  });

  test('is for who may plan issues', async () => {
    const { writer, editor, issue } = await anIssueInWork();
    const of = { issueId: issue.id };
    expect(await createPreview(writer, of, { days: 1, note: '' })).toMatchObject({
      reason: 'forbidden',
    });
    const token = await linkTo(editor, of);
    expect(await listPreviews(writer, of)).toBeNull();
    expect(await revokePreview(writer, await idOf(editor, of))).toMatchObject({
      reason: 'forbidden',
    });
    expect(await getPreview(token, null)).not.toBeNull();
  });
});

test('who tries one link after the other is held up, and others are not', async () => {
  for (let tried = 0; tried < 120; tried += 1) {
    expect((await countPreview('192.0.2.1')).ok).toBe(true);
  }
  expect(await countPreview('192.0.2.1')).toMatchObject({ reason: 'too_many' });
  expect((await countPreview('192.0.2.2')).ok).toBe(true);
});
