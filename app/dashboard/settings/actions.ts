'use server';

import { done, refused } from '#app/dashboard/answer.ts';
import { fieldsOf, openedField, unreadable } from '#app/dashboard/form-fields.ts';
import { expired } from '#app/expire.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { saveAnnouncement, saveSettings } from '#lib/publication/commands.ts';
import { announcementInput, settingsInput } from '#lib/publication/input.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import { zonedInstant } from '#lib/publication/rules.ts';

const names = [
  'name',
  'tagline',
  'description',
  'language',
  'email',
  'postalAddress',
  'currency',
  'timeZone',
  'issuesPerYear',
  'logoId',
  'accentLight',
  'accentDark',
];

export async function save(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const opened = openedField(form);
  if (!opened) return refused(unreadable());
  const input = parseInput(settingsInput, {
    ...fieldsOf(form, names),
  });
  if (!input.ok) return refused(input);
  const saved = await saveSettings(await currentActor(), input.value, opened);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}

/** Times are typed in the publication's time zone. */
export async function announce(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const opened = openedField(form);
  if (!opened) return refused(unreadable());
  const fields = fieldsOf(form, ['bannerText', 'bannerHref', 'bannerFrom', 'bannerUntil']);
  const zone = await findTimeZone();
  const instantOf = (name: string) => {
    const text = fields[name] ?? '';
    return zonedInstant(text, zone)?.toISOString() ?? text;
  };
  const input = parseInput(announcementInput, {
    ...fields,
    bannerFrom: instantOf('bannerFrom'),
    bannerUntil: instantOf('bannerUntil'),
  });
  if (!input.ok) return refused(input);
  const saved = await saveAnnouncement(await currentActor(), input.value, opened);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}
