import {
  ActionForm,
  type FormAction,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';
import { momentValue } from '#components/dashboard/moment.tsx';

type Announcement = {
  bannerText: string;
  bannerHref: string;
  bannerFrom: Date | null;
  bannerUntil: Date | null;
};

/** What stands over every page for a while. */
export function AnnouncementForm({
  announcement,
  save,
}: {
  announcement: Announcement;
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
          label="From (UTC)"
          type="datetime-local"
          defaultValue={momentValue(announcement.bannerFrom)}
        />
        <TextField
          name="bannerUntil"
          label="Until (UTC)"
          type="datetime-local"
          defaultValue={momentValue(announcement.bannerUntil)}
        />
      </div>
      <button type="submit" className="button mt-4">
        Announce
      </button>
    </ActionForm>
  );
}
