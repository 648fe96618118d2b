import {
  ActionForm,
  Choice,
  type FormAction,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';
import { momentValue } from '#components/dashboard/moment.tsx';
import { SocialLinkFields } from '#components/dashboard/social-link-fields.tsx';
import { type Currency, currencies } from '#lib/money.ts';
import type { Banner, SocialLink } from '#lib/publication/rules.ts';

type Settings = {
  name: string;
  tagline: string;
  description: string;
  email: string;
  postalAddress: string;
  currency: Currency;
  socialLinks: SocialLink[];
  banner: Banner | null;
};

/** What every page shows of the magazine itself. */
export function SettingsForm({ settings, save }: { settings: Settings; save: FormAction }) {
  return (
    <ActionForm action={save} label="Settings" className="max-w-3xl">
      <h2 className="mb-3 border-b border-rule pb-1 text-xl font-semibold">The magazine</h2>
      <div className="space-y-4">
        <TextField name="name" label="Name" defaultValue={settings.name} />
        <TextField name="tagline" label="Tagline" defaultValue={settings.tagline} />
        <TextArea
          name="description"
          label="Description"
          rows={4}
          hint="For search engines and for the foot of every page."
          defaultValue={settings.description}
        />
        <TextField
          name="email"
          label="E-mail address"
          type="email"
          hint="Where readers write to."
          defaultValue={settings.email}
        />
        <TextArea
          name="postalAddress"
          label="Postal address"
          defaultValue={settings.postalAddress}
        />
        <Choice
          name="currency"
          label="Currency"
          hint="What prices are shown in at first."
          defaultValue={settings.currency}
          className="max-w-48"
          options={currencies.map((currency) => ({ value: currency, label: currency }))}
        />
        <SocialLinkFields initial={settings.socialLinks} />
      </div>
      <h2 className="mt-8 mb-3 border-b border-rule pb-1 text-xl font-semibold">Announcement</h2>
      <BannerFields banner={settings.banner} />
      <button type="submit" className="button mt-6">
        Save
      </button>
    </ActionForm>
  );
}

function BannerFields({ banner }: { banner: Banner | null }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextArea
        name="bannerText"
        label="Text over every page"
        rows={2}
        hint="Left empty, there is none. Readers who hid the last one see a new text."
        defaultValue={banner?.text ?? ''}
        className="sm:col-span-2"
      />
      <TextField
        name="bannerHref"
        label="Where it leads"
        hint="A path, as in /subscribe, or a whole address. May stay empty."
        defaultValue={banner?.href ?? ''}
        className="sm:col-span-2"
      />
      <TextField
        name="bannerFrom"
        label="From (UTC)"
        type="datetime-local"
        defaultValue={momentValue(banner?.from ?? null)}
      />
      <TextField
        name="bannerUntil"
        label="Until (UTC)"
        type="datetime-local"
        defaultValue={momentValue(banner?.until ?? null)}
      />
    </div>
  );
}
