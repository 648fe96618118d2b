'use server';

import { done, refused } from '#app/dashboard/answer.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { savePublication } from '#lib/publication/commands.ts';
import { publicationInput } from '#lib/publication/input.ts';

const names = [
  'name',
  'tagline',
  'description',
  'email',
  'postalAddress',
  'currency',
  'bannerText',
  'bannerHref',
  'bannerFrom',
  'bannerUntil',
];

export async function saveSettings(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const labels = form.getAll('linkLabel').map(String);
  const urls = form.getAll('linkUrl').map((url) => String(url).trim());
  const input = parseInput(publicationInput, {
    ...Object.fromEntries(names.map((name) => [name, textField(form, name)])),
    socialLinks: labels
      .map((label, index) => ({ label, url: urls[index] ?? '' }))
      .filter(({ label, url }) => label.trim() !== '' || url !== ''),
  });
  if (!input.ok) return refused(input);
  const saved = await savePublication(await currentActor(), input.value);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}
