import { expect, test } from 'vitest';
import { parseInput } from '#lib/input.ts';
import { sectionInput } from './input.ts';

const slugOf = (name: string, slug = '') =>
  parseInput(sectionInput, { name, slug, description: '' });
const asked = { reason: 'invalid', fields: { slug: expect.any(String) } };

test('a new section gets its address from its name where none was chosen', () => {
  expect(slugOf(' Ideas & Débats ')).toMatchObject({
    value: { name: 'Ideas & Débats', slug: 'ideas-debats' },
  });
  expect(slugOf('Essays', ' long-reads ')).toMatchObject({ value: { slug: 'long-reads' } });
});

test.each(['Поэзия', '—'])('the name %s asks for an address of its own', (name) => {
  expect(slugOf(name)).toMatchObject(asked);
  expect(slugOf(name, 'poetry').ok).toBe(true);
});

test.each(['Long Reads', '../x', '-a', 'a--b', 'é'])('the address %s is refused', (slug) => {
  expect(slugOf('Essays', slug)).toMatchObject(asked);
});

test('what is missing or too long is named field by field', () => {
  expect(slugOf('Essays', 'a'.repeat(97))).toMatchObject(asked);
  for (const name of ['  ', 'a'.repeat(61)]) {
    expect(parseInput(sectionInput, { name, description: 'a'.repeat(501) })).toMatchObject({
      fields: { name: expect.any(String), description: expect.any(String) },
    });
  }
});
