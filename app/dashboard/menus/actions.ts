'use server';

import { done, refused } from '#app/dashboard/answer.ts';
import { openedField, unreadable } from '#app/dashboard/form-fields.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { saveMenus } from '#lib/publication/commands.ts';
import { menusInput } from '#lib/publication/input.ts';

export async function save(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const opened = openedField(form);
  if (!opened) return refused(unreadable());
  const menu = (name: string) =>
    textField(form, `${name}Own`) === 'own'
      ? rowsOf(form, `${name}Label`, `${name}Href`, 'href')
      : null;
  const input = parseInput(menusInput, {
    mainMenu: menu('mainMenu'),
    footerMenu: menu('footerMenu'),
    socialLinks: rowsOf(form, 'linkLabel', 'linkUrl', 'url'),
  });
  if (!input.ok) return refused(input);
  const saved = await saveMenus(await currentActor(), input.value, opened);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}

/** Two fields once a line; a line that is empty is none. */
function rowsOf(form: FormData, labels: string, addresses: string, key: string) {
  const texts = (name: string) =>
    form.getAll(name).map((text) => String(text).replaceAll('\0', ''));
  const found = texts(addresses);
  return texts(labels)
    .map((label, index) => ({ label, [key]: found[index]?.trim() ?? '' }))
    .filter((row) => row.label.trim() !== '' || row[key] !== '');
}
