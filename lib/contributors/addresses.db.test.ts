import { beforeEach, describe, expect, test } from 'vitest';
import { aContributor } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { findLeads } from '#lib/redirects/queries.ts';
import type { Person } from '#lib/users/rules.ts';
import { saveContributor } from './commands.ts';

useDatabase();
let editor: Person;
beforeEach(async () => {
  editor = await aPerson({ staffRole: 'editor' });
});

const ada = {
  name: 'Ada Quill',
  slug: 'ada-quill',
  biography: '',
  city: null,
  website: null,
  portraitId: null,
  userId: null,
};
const logged = async () => db().select().from(auditEntries).orderBy(auditEntries.at);

describe('a contributor', () => {
  test('who moves to another address leaves a redirect at the former one, and none where they go', async () => {
    const { id } = await aContributor({ name: 'Ada Quill' });
    await saveContributor(editor, id, { ...ada, slug: 'a-quill' });
    expect(await expiredTags()).toEqual(['everything', 'redirects']);
    await saveContributor(editor, id, { ...ada, slug: 'quill' });
    const leads = async () =>
      (
        await findLeads(['/contributors/ada-quill', '/contributors/a-quill', '/contributors/quill'])
      ).map(({ location }) => location);
    expect(await leads()).toEqual(['/contributors/quill', '/contributors/quill', null]);
    await saveContributor(editor, id, ada);
    expect(await leads()).toEqual([null, '/contributors/ada-quill', '/contributors/ada-quill']);
    expect((await logged()).at(-1)).toMatchObject({
      detail: { slug: { from: 'quill', to: 'ada-quill' } },
    });
  });

  test('can’t move to another one’s address, not even in the same instant', async () => {
    const ids = [await aContributor(), await aContributor()].map(({ id }) => id);
    const both = await Promise.all(
      ids.map((id) => saveContributor(editor, id, { ...ada, slug: 'wanted' })),
    );
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ fields: { slug: expect.any(String) } });
  });
});
