import { describe } from 'vitest';
import { useDatabase } from '#db/testing.ts';
import { createArticle, saveArticle } from '#lib/articles/commands.ts';
import { articleInput } from '#lib/articles/input.ts';
import { resolveAlert } from '#lib/audit/commands.ts';
import {
  offerAgain,
  offerProduct,
  setPrices,
  setStock,
  withdrawProduct,
} from '#lib/catalog/commands.ts';
import {
  createContributor,
  removeContributor,
  saveContributor,
} from '#lib/contributors/commands.ts';
import { contributorInput, newContributorInput } from '#lib/contributors/input.ts';
import {
  createIssue,
  movePlacement,
  placeArticle,
  removePlacement,
  saveIssue,
} from '#lib/issues/commands.ts';
import { arrangeContents } from '#lib/issues/contents.ts';
import { issueInput } from '#lib/issues/input.ts';
import { refundOrder } from '#lib/orders/commands.ts';
import { savePublication } from '#lib/publication/commands.ts';
import { publicationInput } from '#lib/publication/input.ts';
import { publishArticle, scheduleArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { publishIssue, scheduleIssue } from '#lib/publishing/issues.ts';
import { createSection, moveSection, removeSection, saveSection } from '#lib/sections/commands.ts';
import { newSectionInput, sectionInput } from '#lib/sections/input.ts';
import { appointStaff, changeRole } from '#lib/users/commands.ts';
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
const person = ({ mark }: World) => ({
  ...{ name: `Ada ${mark}`, biography: '', city: '', website: '', portraitId: '', slug: '' },
});
const section = ({ mark }: World) => ({ name: `Letters ${mark}`, description: '', slug: '' });
const settings = publicationInput.parse({
  ...{ name: 'The Tern', tagline: '', description: '', email: 'office@example.org' },
  ...{ postalAddress: '', currency: 'EUR', socialLinks: [], bannerText: '', bannerHref: '' },
  ...{ bannerFrom: '', bannerUntil: '' },
});
const prices = [{ currency: 'EUR', amount: 1_000 }];
const preview = { days: 7, note: '' };
const words = { text: 'Is this so?', anchor: null };

describe('articles', () => {
  row('begin', from.writers, (a) => createArticle(a, { title: 'Tide', kind: 'article' }));
  row('save', from.own, (a, w) => saveArticle(a, w.draft.id, 1, article(w)));
  row('save what is out', from.editors, (a, w) => saveArticle(a, w.published.id, 1, article(w)));
  row('publish', from.editors, (a, w) => publishArticle(a, w.draft.id));
  row('unpublish', from.editors, (a, w) => unpublishArticle(a, w.published.id));
  row('schedule', from.editors, (a, w) => scheduleArticle(a, w.draft.id, soon()));
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
  row('take out', from.editors, (a, w) => removePlacement(a, w.issue.id, w.placed.id));
  row('move', from.editors, (a, w) => movePlacement(a, w.issue.id, w.placed.id, 'up'));
  row('arrange', from.editors, (a, w) =>
    arrangeContents(a, w.issue.id, [{ articleId: w.placed.id, department: 'Poems', page: 3 }]),
  );
  row('release', from.publishers, (a, w) => publishIssue(a, w.issue.id));
  row('schedule', from.publishers, (a, w) => scheduleIssue(a, w.issue.id, soon()));
});

describe('sales', () => {
  row('offer', from.publishers, (a, w) =>
    offerProduct(a, { issueId: w.issue.id, edition: 'digital', stock: null, prices }),
  );
  row('price', from.publishers, (a, w) => setPrices(a, { productId: w.product.id, prices }));
  row('stock', from.publishers, (a, w) => setStock(a, { productId: w.product.id, stock: 5 }));
  row('withdraw', from.publishers, (a, w) => withdrawProduct(a, { productId: w.product.id }));
  row('offer again', from.publishers, (a, w) => offerAgain(a, { productId: w.product.id }));
  row('refund', from.publishers, (a, w) =>
    refundOrder(a, w.order.id, { amount: 'full', reason: 'Asked for.' }),
  );
  row('resolve an alert', from.publishers, (a, w) => resolveAlert(a, w.alertId));
});

describe('the house', () => {
  row('begin a contributor', from.editors, (a, w) =>
    createContributor(a, newContributorInput.parse(person(w))),
  );
  row('save a contributor', from.editors, (a, w) =>
    saveContributor(a, w.contributor.id, contributorInput.parse(person(w))),
  );
  row('remove a contributor', from.editors, (a, w) => removeContributor(a, w.spare.contributor.id));
  row('begin a section', from.publishers, (a, w) =>
    createSection(a, newSectionInput.parse(section(w))),
  );
  row('save a section', from.publishers, (a, w) =>
    saveSection(a, w.section.id, sectionInput.parse(section(w))),
  );
  row('move a section', from.publishers, (a, w) => moveSection(a, w.section.id, 'up'));
  row('remove a section', from.publishers, (a, w) => removeSection(a, w.spare.section.id));
  row('settings', from.publishers, (a) => savePublication(a, settings));
  row('appoint', from.admins, (a, w) =>
    appointStaff(a, { email: `new-${w.mark}@example.org`, name: '', role: 'writer' }),
  );
  row('change a role', from.admins, (a, w) => changeRole(a, w.writerId, 'editor'));
});
