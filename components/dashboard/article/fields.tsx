'use client';

import { useState } from 'react';
import { Choice, TextArea, TextField } from '#components/dashboard/action-form.tsx';
import { BylineFields } from '#components/dashboard/article/bylines.tsx';
import type { Access, ArticleKind, BylineRole } from '#lib/articles/rules.ts';
import type { Picture } from '#lib/media/rules.ts';

/** What stands around an article's text. */
export type ArticleHead = {
  slug: string;
  kind: ArticleKind;
  title: string;
  kicker: string;
  standfirst: string;
  access: Access;
  sectionId: string | null;
  picture: Picture | null;
  bylines: { contributorId: string; role: BylineRole }[];
  topics: string[];
};

type Named = { id: string; name: string };
export type ArticleChoices = { sections: Named[]; contributors: Named[] };

/** The words over the text. */
export function HeadFields({ head }: { head: ArticleHead }) {
  return (
    <div className="grid gap-4">
      <TextField name="title" label="Title" defaultValue={head.title} />
      <TextField
        name="kicker"
        label="Kicker"
        hint="A short line over the title."
        defaultValue={head.kicker}
      />
      <TextArea name="standfirst" label="Standfirst" defaultValue={head.standfirst} />
    </div>
  );
}

/** Where the article stands, who made it, what it is about. */
export function DetailFields({
  head,
  choices: { sections, contributors },
  published,
  pick,
}: {
  head: ArticleHead;
  choices: ArticleChoices;
  published: boolean;
  pick: () => Promise<Picture | null>;
}) {
  return (
    <div className="grid gap-4">
      <Choice
        name="sectionId"
        label="Section"
        hint={sections.length === 0 ? 'There is none yet: a publisher adds them.' : ''}
        defaultValue={head.sectionId ?? ''}
        options={[{ value: '', label: 'none yet' }, ...sections.map(toOption)]}
      />
      <Choice
        name="access"
        label="Who may read all of it"
        defaultValue={head.access}
        options={[
          { value: 'free', label: 'Everybody' },
          { value: 'gated', label: 'Who has the issue' },
        ]}
      />
      <Choice
        name="kind"
        label="Kind"
        defaultValue={head.kind}
        options={[
          { value: 'article', label: 'Article' },
          { value: 'news', label: 'News, outside any issue' },
        ]}
      />
      <TextField
        name="slug"
        label="Address"
        hint={
          published
            ? 'A new one counts at once; the old one leads to it.'
            : 'The last part of /articles/…'
        }
        defaultValue={head.slug}
      />
      <TextField
        name="topics"
        label="Topics"
        hint="Parted by commas."
        defaultValue={head.topics.join(', ')}
      />
      <BylineFields initial={head.bylines} contributors={contributors} />
      <LeadPicture initial={head.picture} pick={pick} />
    </div>
  );
}

const toOption = ({ id, name }: Named) => ({ value: id, label: name });

function LeadPicture({
  initial,
  pick,
}: {
  initial: Picture | null;
  pick: () => Promise<Picture | null>;
}) {
  const [picture, setPicture] = useState(initial);
  const choose = async () => {
    const chosen = await pick();
    if (chosen) setPicture(chosen);
  };
  return (
    <fieldset>
      <legend className="text-[0.9rem] font-semibold">Picture over the text</legend>
      <input type="hidden" name="pictureId" value={picture?.id ?? ''} />
      <div className="mt-1 flex flex-wrap items-center gap-3">
        {picture && (
          <img src={picture.url} alt={picture.alt} className="h-24 w-auto border border-rule" />
        )}
        <div className="flex min-w-0 flex-[1_1_10rem] flex-wrap gap-2">
          <button type="button" className="button button-quiet" onClick={choose}>
            {picture ? 'Choose another' : 'Choose a picture'}
          </button>
          {picture && (
            <button type="button" className="button button-quiet" onClick={() => setPicture(null)}>
              Remove
            </button>
          )}
        </div>
      </div>
    </fieldset>
  );
}
