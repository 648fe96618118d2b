import {
  ActionForm,
  Choice,
  type FormAction,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';
import type { AddPicture } from '#components/dashboard/media/picker.tsx';
import { PictureField } from '#components/dashboard/media/picture-field.tsx';
import { AccentField } from '#components/dashboard/site/accent-field.tsx';
import type { Picture } from '#lib/media/rules.ts';
import { type Currency, currencies } from '#lib/money.ts';

type Settings = {
  name: string;
  tagline: string;
  description: string;
  language: string;
  email: string;
  postalAddress: string;
  currency: Currency;
  timeZone: string;
  issuesPerYear: number;
  logoId: string | null;
  accentLight: string | null;
  accentDark: string | null;
};

/** What the magazine is, and what every page shows of it. */
export function SettingsForm({
  settings,
  logo,
  timeZones,
  save,
  addPicture,
}: {
  settings: Settings;
  logo: Picture | null;
  timeZones: string[];
  save: FormAction;
  addPicture: AddPicture;
}) {
  return (
    <ActionForm action={save} label="Settings" className="max-w-3xl">
      <input type="hidden" name="opened" value={JSON.stringify(settings)} />
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
        <Place settings={settings} timeZones={timeZones} />
      </div>
      <h3 className="mt-8 text-lg font-semibold">Looks</h3>
      <PictureField
        key={settings.logoId}
        name="logoId"
        label="Logo"
        initial={logo}
        addPicture={addPicture}
        className="max-h-24"
      />
      <p className="mt-1 text-[0.85rem] text-muted">
        Stands in place of the name at the head of every page, on light and on dark paper. Without
        one, the name is set in the magazine’s type.
      </p>
      <fieldset className="mt-4">
        <legend className="text-[0.9rem] font-semibold">Colour</legend>
        <div className="mt-1 grid gap-4 sm:grid-cols-2">
          <AccentField name="accentLight" paper="light" initial={settings.accentLight} />
          <AccentField name="accentDark" paper="dark" initial={settings.accentDark} />
        </div>
      </fieldset>
      <button type="submit" className="button mt-6">
        Save
      </button>
    </ActionForm>
  );
}

function Place({ settings, timeZones }: { settings: Settings; timeZones: string[] }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        name="language"
        label="Language"
        hint="A code, as in en, de or pt-BR."
        defaultValue={settings.language}
      />
      <Choice
        key={settings.timeZone}
        name="timeZone"
        label="Time zone"
        hint="In which the office tells the time."
        defaultValue={settings.timeZone}
        options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
      <Choice
        key={settings.currency}
        name="currency"
        label="Currency"
        hint="What prices are shown in at first."
        defaultValue={settings.currency}
        options={currencies.map((currency) => ({ value: currency, label: currency }))}
      />
      <TextField
        name="issuesPerYear"
        label="Issues a year"
        type="number"
        hint="By them the postage of a year is reckoned."
        defaultValue={settings.issuesPerYear}
      />
    </div>
  );
}
