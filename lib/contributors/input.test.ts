import { expect, test } from 'vitest';
import { parseInput } from '#lib/input.ts';
import { contributorInput } from './input.ts';

const sent = {
  name: 'Ada Quill',
  biography: 'Writes about rivers.',
  city: 'Bergen',
  website: 'https://quill.example/',
  portraitId: '',
  userId: '',
  slug: '',
};
const empty = { biography: '', city: ' ', website: '', portraitId: '', userId: '', slug: '' };

test('somebody new needs no more than a name; the address is made from it where none was chosen', () => {
  expect(parseInput(contributorInput, { ...empty, name: ' Åse Brøk ' })).toEqual({
    ok: true,
    value: {
      name: 'Åse Brøk',
      slug: 'aase-broek',
      biography: '',
      city: null,
      website: null,
      portraitId: null,
      userId: null,
    },
  });
  expect(parseInput(contributorInput, { ...empty, name: 'Ada', slug: 'a-quill' })).toMatchObject({
    value: { slug: 'a-quill' },
  });
  expect(parseInput(contributorInput, { ...empty, name: '李白' })).toMatchObject({
    fields: { slug: expect.any(String) },
  });
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://quill.example',
  '//quill.example',
  'https:quill.example',
  'https://',
  'https://quill .example',
  'https://quill.example\\x',
  'quill.example',
])('the website %s is refused', (website) => {
  expect(parseInput(contributorInput, { ...sent, website })).toMatchObject({
    reason: 'invalid',
    fields: { website: expect.any(String) },
  });
});

test.each(['http://quill.example', 'HTTPS://Quill.example/über?a=b#c'])(
  'the website %s is kept as it was written',
  (website) => {
    expect(parseInput(contributorInput, { ...sent, website })).toMatchObject({
      value: { website },
    });
  },
);

test('what is missing, too long or no id is named field by field', () => {
  const wrong = {
    name: ' ',
    biography: 'a'.repeat(2_001),
    city: 'a'.repeat(81),
    website: `https://quill.example/${'a'.repeat(300)}`,
    portraitId: 'x',
    userId: 'x',
    slug: 'A B',
  };
  const parsed = parseInput(contributorInput, wrong);
  expect(parsed.ok ? [] : Object.keys(parsed.fields ?? {}).sort()).toEqual(
    Object.keys(wrong).sort(),
  );
  expect(parseInput(contributorInput, { ...sent, name: 'a'.repeat(121) }).ok).toBe(false);
});
