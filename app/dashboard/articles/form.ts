import { textField } from '#app/request.ts';
import { type DraftInput, parseDraft } from '#lib/articles/input.ts';

const singles = [
  'title',
  'slug',
  'kind',
  'kicker',
  'standfirst',
  'access',
  'sectionId',
  'pictureId',
  'body',
];

/** What an article's form sent, as far as it can be taken; `fields` says of the rest why not. */
export function readArticleForm(form: FormData): {
  input: DraftInput;
  fields: Record<string, string>;
} {
  const sent = singles.filter((name) => form.has(name));
  return parseDraft({
    ...Object.fromEntries(sent.map((name) => [name, textField(form, name)])),
    bylines: form.getAll('bylineContributor').map((contributorId, index) => ({
      contributorId,
      role: form.getAll('bylineRole')[index],
    })),
    ...(form.has('topics') ? { topics: topicsIn(textField(form, 'topics')) } : {}),
  });
}

const topicsIn = (text: string): string[] =>
  text
    .split(',')
    .map((topic) => topic.trim())
    .filter(Boolean);
