import type { Metadata } from 'next';
import { saveSettings } from '#app/dashboard/settings/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { SettingsForm } from '#components/dashboard/settings-form.tsx';
import { findPublication } from '#lib/publication/queries.ts';

export const metadata: Metadata = { title: 'Settings' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page() {
  await requireStaff('publication.edit', '/dashboard/settings');
  const settings = await findPublication();
  return (
    <>
      <Heading title="Settings" />
      <SettingsForm settings={settings} save={saveSettings} />
    </>
  );
}
