import { describe } from 'vitest';
import { anOrder } from '#db/builders/orders.ts';
import { useDatabase } from '#db/testing.ts';
import { resolveAlert } from '#lib/audit/commands.ts';
import { exportLog } from '#lib/audit/export.ts';
import { endSessionsOf, removeFactorsOf } from '#lib/auth/sessions.ts';
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
import { contributorInput } from '#lib/contributors/input.ts';
import { mergeContributors } from '#lib/contributors/merge.ts';
import { acceptHeldOrder, refundOrder } from '#lib/orders/commands.ts';
import { listOrders, orderDetail } from '#lib/orders/queries.ts';
import {
  copyPlan,
  createPlan,
  offerPlan,
  orderPlans,
  removePlan,
  retirePlan,
} from '#lib/plans/commands.ts';
import { planFieldNames, planInput } from '#lib/plans/input.ts';
import { savePlan } from '#lib/plans/save.ts';
import { createZone, orderZones, removeZone, saveZone } from '#lib/postage/commands.ts';
import { zoneFieldNames, zoneInput } from '#lib/postage/input.ts';
import { saveAnnouncement, saveMenus, saveSettings } from '#lib/publication/commands.ts';
import { announcementInput, menusInput, settingsInput } from '#lib/publication/input.ts';
import { addRedirect, importRedirects, removeRedirect } from '#lib/redirects/commands.ts';
import {
  createSection,
  orderSections,
  removeSection,
  saveSection,
} from '#lib/sections/commands.ts';
import { sectionInput } from '#lib/sections/input.ts';
import {
  createSeries,
  orderParts,
  placeInSeries,
  removeSeries,
  saveSeries,
} from '#lib/series/commands.ts';
import { seriesInput } from '#lib/series/input.ts';
import { createTopic, mergeTopics, removeTopic, saveTopic } from '#lib/topics/commands.ts';
import { topicInput } from '#lib/topics/input.ts';
import { appointStaff, changeRole, inviteAgain, requireSecondFactor } from '#lib/users/commands.ts';
import { from, row, type World } from './matrix.fixture.ts';

/*
 * What is sold, and the house itself: every command against everybody who may send one, past the user interface. A new command is a new line.
 */

useDatabase();

const named = ({ mark }: World) => ({ name: `Letters ${mark}`, description: '', slug: '' });
const person = ({ mark }: World) =>
  contributorInput.parse({
    ...{ name: `Ada ${mark}`, biography: '', city: '', website: '', portraitId: '', slug: '' },
    userId: '',
  });
const settings = settingsInput.parse({
  ...{ name: 'The Tern', tagline: '', description: '', email: 'office@example.org' },
  ...{ postalAddress: '', currency: 'EUR', language: 'en', timeZone: 'UTC' },
  issuesPerYear: '4',
  ...{ logoId: '', accentLight: '', accentDark: '' },
});
const banner = announcementInput.parse({
  ...{ bannerText: '', bannerHref: '', bannerFrom: '', bannerUntil: '' },
});
const menus = menusInput.parse({ mainMenu: null, footerMenu: null, socialLinks: [] });
const prices = [{ currency: 'EUR', amount: 1_000 }];
const plan = ({ mark }: World) =>
  planInput.parse({
    ...Object.fromEntries(planFieldNames.map((name) => [name, ''])),
    ...{ name: `Plan ${mark}`, editions: 'both', term: 'year', ending: 'renews' },
    ...{ trialCard: 'before', 'EUR-standard': '48' },
  });
const zone = ({ mark }: World) =>
  zoneInput.parse({
    ...Object.fromEntries(zoneFieldNames.map((name) => [name, ''])),
    ...{ name: `Zone of ${mark}`, minDays: '3', maxDays: '10', countries: ['FR'] },
    ...{ 'EUR-first': '5.50', 'EUR-further': '2' },
  });

describe('sales', () => {
  row('offer', from.publishers, (a, w) =>
    offerProduct(a, { issueId: w.issue.id, edition: 'digital', stock: null, prices }),
  );
  row('price', from.publishers, (a, w) => setPrices(a, { productId: w.product.id, prices }));
  row('stock', from.publishers, (a, w) => setStock(a, { productId: w.product.id, stock: 5 }));
  row('withdraw', from.publishers, (a, w) => withdrawProduct(a, { productId: w.product.id }));
  row('offer again', from.publishers, (a, w) => offerAgain(a, { productId: w.product.id }));
  row('see the orders', from.publishers, (a) => listOrders(a, { page: 1, perPage: 5 }));
  row('see an order', from.publishers, (a, w) => orderDetail(a, w.order.id));
  row('make a plan', from.publishers, (a, w) => createPlan(a, plan(w)));
  row('save a plan', from.publishers, (a, w) => savePlan(a, w.plan.id, plan(w)));
  row('copy a plan', from.publishers, (a, w) => copyPlan(a, w.plan.id));
  row('retire a plan', from.publishers, (a, w) => retirePlan(a, w.plan.id));
  row('put a plan on offer', from.publishers, (a, w) => offerPlan(a, w.spare.plan.id));
  row('order the plans', from.publishers, (a, w) =>
    orderPlans(a, { from: w.planIds, to: w.planIds.toReversed() }),
  );
  row('remove a plan', from.publishers, (a, w) => removePlan(a, w.spare.plan.id));
  row('make a zone', from.publishers, (a, w) => createZone(a, zone(w)));
  row('save a zone', from.publishers, (a, w) => saveZone(a, w.zone.id, zone(w)));
  row('order the zones', from.publishers, (a, w) =>
    orderZones(a, { from: w.zoneIds, to: w.zoneIds.toReversed() }),
  );
  row('remove a zone', from.publishers, (a, w) => removeZone(a, w.spare.zone.id));
  row('refund', from.publishers, (a, w) =>
    refundOrder(a, w.order.id, { amount: 'full', reason: 'Asked for.' }),
  );
  row('let a held order through', from.publishers, async (a, w) => {
    const held = { productId: w.product.id, order: { status: 'held' as const } };
    return acceptHeldOrder(a, (await anOrder(held)).id);
  });
  row('resolve an alert', from.publishers, (a, w) => resolveAlert(a, w.alertId));
});

describe('who makes it and what it is about', () => {
  row('begin a contributor', from.editors, (a, w) => createContributor(a, person(w)));
  row('save a contributor', from.editors, (a, w) =>
    saveContributor(a, w.contributor.id, person(w)),
  );
  row('merge contributors', from.editors, (a, w) =>
    mergeContributors(a, w.spare.contributor.id, w.contributor.id),
  );
  row('remove a contributor', from.editors, (a, w) => removeContributor(a, w.spare.contributor.id));
  row('begin a topic', from.editors, (a, w) => createTopic(a, topicInput.parse(named(w))));
  row('save a topic', from.editors, (a, w) => saveTopic(a, w.topicId, topicInput.parse(named(w))));
  row('merge topics', from.editors, (a, w) => mergeTopics(a, w.spare.topicId, w.topicId));
  row('remove a topic', from.editors, (a, w) => removeTopic(a, w.spare.topicId));
  row('begin a series', from.editors, (a, w) => createSeries(a, seriesInput.parse(named(w))));
  row('save a series', from.editors, (a, w) =>
    saveSeries(a, w.seriesId, seriesInput.parse(named(w))),
  );
  row('place in a series', from.editors, (a, w) =>
    placeInSeries(a, w.draft.id, { seriesId: w.seriesId, part: null }),
  );
  row('order a series', from.editors, (a, w) => orderParts(a, w.seriesId, { from: [], to: [] }));
  row('remove a series', from.editors, (a, w) => removeSeries(a, w.seriesId));
});

describe('the house', () => {
  row('begin a section', from.publishers, (a, w) => createSection(a, sectionInput.parse(named(w))));
  row('save a section', from.publishers, (a, w) =>
    saveSection(a, w.section.id, sectionInput.parse(named(w))),
  );
  row('order the sections', from.publishers, (a, w) =>
    orderSections(a, { from: w.sectionIds, to: w.sectionIds.toReversed() }),
  );
  row('remove a section', from.publishers, (a, w) => removeSection(a, w.spare.section.id));
  row('add a redirect', from.publishers, (a, w) =>
    addRedirect(a, { from: `/old-${w.mark}`, to: '/issues' }),
  );
  row('import redirects', from.publishers, (a, w) =>
    importRedirects(a, [{ from: `/old-${w.mark}`, to: '/issues' }], { dryRun: false }),
  );
  row('remove a redirect', from.publishers, (a, w) => removeRedirect(a, w.redirect));
  row('announce', from.publishers, (a) => saveAnnouncement(a, banner));
  row('menus', from.publishers, (a) => saveMenus(a, menus));
  row('take out the log', from.publishers, (a) => exportLog(a, {}, 'csv'));
  row('settings', from.admins, (a) => saveSettings(a, settings));
  row('appoint', from.admins, (a, w) =>
    appointStaff(a, { email: `new-${w.mark}@example.org`, name: '', role: 'writer' }),
  );
  row('change a role', from.admins, (a, w) => changeRole(a, w.writerId, 'editor'));
  row('invite again', from.admins, (a, w) => inviteAgain(a, w.invitedId));
  row('demand a second factor', from.admins, (a) => requireSecondFactor(a, true));
  row('end somebody’s sessions', from.admins, (a, w) => endSessionsOf(a, w.writerId));
  row('remove somebody’s second factor', from.admins, (a, w) => removeFactorsOf(a, w.writerId));
});
