'use client';

import { useState } from 'react';
import {
  ActionForm,
  Choice,
  type FormAnswer,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';
import type { AddPicture } from '#components/dashboard/media/picker.tsx';
import { PictureField } from '#components/dashboard/media/picture-field.tsx';
import type { Picture } from '#lib/media/rules.ts';

type Head = {
  id: string;
  slug: string;
  number: number;
  volume: number | null;
  title: string;
  periodLabel: string;
  onSaleAt: Date;
  description: string;
  pageCount: number | null;
  cover: Picture | null;
  coverArtistId: string | null;
};

/** `base`: the head as it stands now, which the next save is made from. */
export type HeadAnswer = FormAnswer & { base?: string };

/**
 * What an issue is called, when it goes on sale and what stands on its cover. The form sends along what it began from,
 * so that nobody's change is lost to somebody else's.
 */
export function IssueForm({
  issue,
  base: first,
  contributors,
  save,
  addPicture,
}: {
  issue: Head;
  base: string;
  contributors: { id: string; name: string }[];
  save: (before: FormAnswer | null, form: FormData) => Promise<HeadAnswer>;
  addPicture: AddPicture;
}) {
  const [base, setBase] = useState(first);
  const send = async (before: FormAnswer | null, form: FormData) => {
    const answer = await save(before, form);
    if (answer.base) setBase(answer.base);
    return answer;
  };
  return (
    <ActionForm action={send} label="The issue" className="max-w-4xl">
      <input type="hidden" name="id" value={issue.id} />
      <input type="hidden" name="base" value={base} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="title"
          label="Title"
          defaultValue={issue.title}
          className="sm:col-span-2"
        />
        <TextField name="number" label="Number" type="number" defaultValue={issue.number} />
        <TextField
          name="volume"
          label="Volume"
          type="number"
          hint="May stay empty."
          defaultValue={issue.volume ?? ''}
        />
        <TextField
          name="periodLabel"
          label="Period"
          hint="As on the cover: Autumn 2026."
          defaultValue={issue.periodLabel}
        />
        <TextField
          name="onSaleAt"
          label="On sale from"
          type="date"
          hint="From midnight UTC."
          defaultValue={issue.onSaleAt.toISOString().slice(0, 10)}
        />
        <TextField
          name="slug"
          label="Address"
          hint="The last part of /issues/…"
          defaultValue={issue.slug}
        />
        <TextField
          name="pageCount"
          label="Pages"
          type="number"
          hint="Of the printed issue. May stay empty."
          defaultValue={issue.pageCount ?? ''}
        />
        <TextArea
          name="description"
          label="Description"
          rows={4}
          defaultValue={issue.description}
          className="sm:col-span-2"
        />
        <Choice
          name="coverArtistId"
          label="Cover by"
          defaultValue={issue.coverArtistId ?? ''}
          options={[
            { value: '', label: 'nobody named' },
            ...contributors.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <PictureField
        name="coverId"
        label="Cover"
        initial={issue.cover}
        addPicture={addPicture}
        className="h-48 w-auto"
      />
      <button type="submit" className="button mt-4">
        Save
      </button>
    </ActionForm>
  );
}
