import type { Metadata } from 'next';
import { addPicture } from '#app/dashboard/media/actions.ts';
import { announce, save } from '#app/dashboard/settings/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { AnnouncementForm } from '#components/dashboard/site/announcement-form.tsx';
import { SettingsForm } from '#components/dashboard/site/settings-form.tsx';
import { findAnnouncement, findSettings, findTimeZone } from '#lib/publication/queries.ts';

export const metadata: Metadata = { title: 'Settings' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

/** A publisher announces; an administrator says what the magazine is. */
export default async function Page() {
  const actor = await requireStaff('site.edit', '/dashboard/settings');
  const [announcement, found, timeZone] = await Promise.all([
    findAnnouncement(actor),
    findSettings(actor),
    findTimeZone(),
  ]);
  const timeZones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
  return (
    <>
      <Heading title="Settings" />
      {announcement && (
        <Panel title="Announcement">
          <AnnouncementForm announcement={announcement} timeZone={timeZone} save={announce} />
        </Panel>
      )}
      {found && (
        <Panel title="The magazine">
          <SettingsForm {...found} timeZones={timeZones} save={save} addPicture={addPicture} />
        </Panel>
      )}
    </>
  );
}
