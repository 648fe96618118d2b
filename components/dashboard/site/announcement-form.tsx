import {
  ActionForm,
  type FormAction,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';
import { zonedText } from '#lib/publication/rules.ts';

type Announcement = {
  bannerText: string;
  bannerHref: string;
  bannerFrom: Date | null;
  bannerUntil: Date | null;
};

/** What stands over every page for a while. */
export function AnnouncementForm({
  announcement,
  timeZone,
  save,
}: {
  announcement: Announcement;
  /** An IANA name: in which times are shown and typed. */
  timeZone: string;
  save: FormAction;
}) {
  return (
    <ActionForm action={save} label="Announcement" className="max-w-3xl">
      <input type="hidden" name="opened" value={JSON.stringify(announcement)} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextArea
          name="bannerText"
          label="Text over every page"
          rows={2}
          hint="Left empty, there is none. Readers who hid the last one see a new text."
          defaultValue={announcement.bannerText}
          className="sm:col-span-2"
        />
        <TextField
          name="bannerHref"
          label="Where it leads"
          hint="A path, as in /subscribe, or a whole address. May stay empty."
          defaultValue={announcement.bannerHref}
          className="sm:col-span-2"
        />
        <TextField
          name="bannerFrom"
          label={`From (${timeZone})`}
          type="datetime-local"
          defaultValue={announcement.bannerFrom ? zonedText(announcement.bannerFrom, timeZone) : ''}
        />
        <TextField
          name="bannerUntil"
          label={`Until (${timeZone})`}
          type="datetime-local"
          defaultValue={
            announcement.bannerUntil ? zonedText(announcement.bannerUntil, timeZone) : ''
          }
        />
      </div>
      <button type="submit" className="button mt-4">
        Announce
      </button>
    </ActionForm>
  );
}
