import { expect, test } from 'vitest';
import { aContributor } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { useDatabase } from '#db/testing.ts';
import { findContributor, listContributors } from './queries.ts';

useDatabase();

test('a contributor is shown by address, never with the account behind the name', async () => {
  const { userId, email } = await aPerson();
  const { slug } = await aContributor({ name: 'Bo Body', biography: 'Writes.', userId });
  const shown = await findContributor(slug);
  expect(shown).toMatchObject({ name: 'Bo Body', biography: 'Writes.', portrait: null });
  expect(JSON.stringify(shown)).not.toContain(userId);
  expect(JSON.stringify(shown)).not.toContain(email);
  expect(await findContributor('nobody')).toBeNull();
});

test('the editor’s list has everybody by name', async () => {
  for (const name of ['Cy', 'Ann', 'Bo']) await aContributor({ name });
  expect((await listContributors()).map(({ name }) => name)).toEqual(['Ann', 'Bo', 'Cy']);
});
