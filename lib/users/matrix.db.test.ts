import { describe } from 'vitest';
import { db } from '#db/client.ts';
import { useDatabase } from '#db/testing.ts';
import { createArticle, saveArticle } from '#lib/articles/commands.ts';
import { enterArticle } from '#lib/articles/editing.ts';
import { articleInput } from '#lib/articles/input.ts';
import { deleteDraft, discardChanges, restoreRevision } from '#lib/articles/revision-commands.ts';
import { newId } from '#lib/ids.ts';
import { arrangeIssue, placeArticle } from '#lib/issues/arrange.ts';
import { createIssue, deleteIssue, saveIssue } from '#lib/issues/commands.ts';
import { chooseEditorial } from '#lib/issues/editorial.ts';
import { issueInput } from '#lib/issues/input.ts';
import { planVersion, readPlan } from '#lib/issues/places.ts';
import { describePicture, removePicture, replacePicture } from '#lib/media/changes.ts';
import { uploadPicture } from '#lib/media/commands.ts';
import { words as details, file, useLibrary } from '#lib/media/library.fixture.ts';
import { discardStaged, stagePicture, takeInStaged } from '#lib/media/staging.ts';
import { publishArticle, scheduleArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { type BulkChange, changeArticles } from '#lib/publishing/bulk.ts';
import { publishIssue, scheduleIssue, withdrawIssue } from '#lib/publishing/issues.ts';
import { fail, ok } from '#lib/result.ts';
import type { Actor } from '#lib/users/rules.ts';
import { assignTask, finishTask, withdrawTask } from '#lib/workflow/assignments.ts';
import { moveArticle } from '#lib/workflow/commands.ts';
import {
  answerComment,
  changeComment,
  deleteComment,
  resolveComment,
  writeComment,
} from '#lib/workflow/comments.ts';
import { createPreview, revokePreview } from '#lib/workflow/previews.ts';
import { from, row, type World } from './matrix.fixture.ts';

/*
 * Every command of the office against everybody who may send one, past the user interface. A new command is a new line.
 */

useDatabase();
await useLibrary();

const soon = () => new Date(Date.now() + 3_600_000);
const text = { type: 'doc', content: [{ type: 'paragraph', attrs: { dropCap: false } }] };

const article = ({ mark }: World) =>
  articleInput.parse({
    ...{ title: 'Tide', slug: `tide-${mark}`, kind: 'article', kicker: '', standfirst: '' },
    ...{ access: 'free', sectionId: '', pictureId: '', bylines: [], topics: [] },
    body: JSON.stringify(text),
  });
const issue = (slug: string, number: number) =>
  issueInput.parse({
    ...{ title: 'The Tern', slug, volume: '', number, periodLabel: 'Autumn', pageCount: '' },
    ...{ onSaleAt: '2027-01-01', description: '', coverId: '', coverArtistId: '' },
  });
const preview = { days: 7, note: '' };
const words = { text: 'Is this so?', anchor: null };
const centre = { ...details, focalX: 0.5, focalY: 0.5 };

describe('articles', () => {
  row('begin', from.writers, (a) => createArticle(a, { title: 'Tide', kind: 'article' }));
  row('save', from.own, (a, w) => saveArticle(a, w.draft.id, 1, article(w)));
  row('save what is out', from.editors, (a, w) => saveArticle(a, w.published.id, 1, article(w)));
  row('publish', from.editors, (a, w) => publishArticle(a, w.draft.id));
  row('unpublish', from.editors, (a, w) => unpublishArticle(a, w.published.id));
  row('schedule', from.editors, (a, w) => scheduleArticle(a, w.draft.id, soon()));
  row('restore', from.own, (a, w) => restoreRevision(a, w.draft.id, w.olderRevisionId));
  row('discard changes', from.editors, (a, w) => discardChanges(a, w.changed.id));
  row('delete', from.own, (a, w) => deleteDraft(a, w.draft.id));
  row('open to write', from.own, (a, w) => enterArticle(a, w.draft.id, 'window-of-the-matrix'));
  row('take over', from.own, (a, w) =>
    enterArticle(a, w.draft.id, 'window-of-the-matrix', { takeOver: true }),
  );
});

describe('many articles at once', () => {
  const many = async (a: Actor, id: string, change: BulkChange) => {
    const [one] = await changeArticles(a, [id], change);
    return one?.ok ? ok() : fail('forbidden', one?.why ?? 'Nothing was tried.');
  };
  const task = { userId: '', task: 'write' as const, dueOn: null };
  row('section', from.own, (a, w) =>
    many(a, w.draft.id, { kind: 'section', sectionId: w.spare.section.id }),
  );
  row('access', from.own, (a, w) => many(a, w.draft.id, { kind: 'access', access: 'gated' }));
  row('add a topic', from.own, (a, w) =>
    many(a, w.draft.id, { kind: 'add-topic', topic: `Topic ${w.mark}` }),
  );
  row('remove a topic', from.own, (a, w) =>
    many(a, w.draft.id, { kind: 'remove-topic', topic: `Topic ${w.mark}` }),
  );
  row('publish', from.editors, (a, w) => many(a, w.draft.id, { kind: 'publish' }));
  row('unpublish', from.editors, (a, w) => many(a, w.published.id, { kind: 'unpublish' }));
  row('delete', from.own, (a, w) => many(a, w.draft.id, { kind: 'delete' }));
  row('hand in', from.own, (a, w) => many(a, w.draft.id, { kind: 'stage', to: 'in_review' }));
  row('move on', from.editors, (a, w) => many(a, w.draft.id, { kind: 'stage', to: 'ready' }));
  row('assign', from.editors, (a, w) =>
    many(a, w.draft.id, { kind: 'assign', assignment: { ...task, userId: w.writerId } }),
  );
});

describe('workflow', () => {
  const to = (stage: 'in_review' | 'copy_edited' | 'ready') => ({
    from: 'draft' as const,
    to: stage,
    note: '',
  });
  row('hand in', from.own, (a, w) => moveArticle(a, w.draft.id, to('in_review')));
  row('move on', from.editors, (a, w) => moveArticle(a, w.draft.id, to('ready')));
  row('assign', from.editors, (a, w) =>
    assignTask(a, w.draft.id, { userId: w.writerId, task: 'write', dueOn: null }),
  );
  row('say one’s own task is done', from.own, (a, w) => finishTask(a, w.assignmentId, true));
  row('withdraw a task', from.editors, (a, w) => withdrawTask(a, w.assignmentId));
  row('comment', from.own, (a, w) => writeComment(a, w.draft.id, words));
  row('answer', from.own, (a, w) => answerComment(a, w.commentId, 'It is.'));
  row('change a comment', ['own'], (a, w) => changeComment(a, w.commentId, 'Is it?'));
  row('delete a comment', from.own, (a, w) => deleteComment(a, w.commentId));
  row('resolve', from.own, (a, w) => resolveComment(a, w.commentId, true));
  row('make a preview link', from.own, (a, w) =>
    createPreview(a, { articleId: w.draft.id }, preview),
  );
  row('close a preview link', from.own, (a, w) => revokePreview(a, w.previewId));
  row('make one of an issue', from.editors, (a, w) =>
    createPreview(a, { issueId: w.issue.id }, preview),
  );
  row('close one of an issue', from.editors, (a, w) => revokePreview(a, w.issuePreviewId));
});

describe('issues', () => {
  row('begin', from.editors, (a, w) => createIssue(a, issue(`tern-${w.mark}`, w.number)));
  row('save', from.editors, (a, w) =>
    saveIssue(a, w.issue.id, issue(w.issue.slug, w.issue.number)),
  );
  row('place', from.editors, (a, w) =>
    placeArticle(a, w.issue.id, { articleId: w.draft.id, department: 'Essays', page: null }),
  );
  row('arrange', from.editors, async (a, w) => {
    const plan = await readPlan(db(), w.issue.id);
    const version = planVersion(plan);
    return arrangeIssue(a, w.issue.id, { version, plan: [...plan, { name: 'Poems', places: [] }] });
  });
  row('choose the editorial', from.editors, (a, w) => chooseEditorial(a, w.issue.id, w.placed.id));
  row('delete', from.editors, (a, w) => deleteIssue(a, w.spare.issue.id));
  row('release', from.publishers, (a, w) => publishIssue(a, w.issue.id));
  row('schedule', from.publishers, (a, w) => scheduleIssue(a, w.issue.id, soon()));
  row('take back', from.publishers, (a, w) => withdrawIssue(a, w.spare.issue.id));
});

describe('pictures', () => {
  row('upload', from.writers, async (a) => uploadPicture(a, await file(), details));
  row('send ahead', from.writers, async (a) => stagePicture(a, await file()));
  row('take in what one sent', from.writers, async (a) => takeInStaged(a, await sent(a), details));
  row('take in what somebody else sent', ['own'], async (a, w) =>
    takeInStaged(a, await sent(w.actors.own), details),
  );
  row('drop what one sent', from.writers, async (a) => discardStaged(a, await sent(a)));
  row('describe', from.own, (a, w) => describePicture(a, w.pictureId, centre, details));
  row('replace', from.own, async (a, w) => replacePicture(a, w.pictureId, 1, await file(200)));
  row('remove', from.own, (a, w) => removePicture(a, w.pictureId));
});

/** The id of a picture that this person has sent ahead; of those who may not, there is none. */
async function sent(actor: Actor): Promise<string> {
  const staged = await stagePicture(actor, await file());
  return staged.ok ? staged.value.id : newId();
}
