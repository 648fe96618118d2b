'use client';

import { useCallback, useRef, useState } from 'react';
import {
  ActionForm,
  Choice,
  FieldMessage,
  type FormAnswer,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';
import { BylineFields } from '#components/dashboard/byline-fields.tsx';
import { type AddPicture, usePicturePicker } from '#components/dashboard/picture-picker.tsx';
import { BodyEditor } from '#components/editor/body-editor.tsx';
import { useCommentedText } from '#components/editor/commented-text.tsx';
import type { BodyDocument } from '#lib/articles/body.ts';
import type { Access, ArticleKind, ArticleState, BylineRole } from '#lib/articles/rules.ts';
import type { Picture } from '#lib/media/rules.ts';

type Draft = {
  id: string;
  version: number;
  slug: string;
  kind: ArticleKind;
  title: string;
  kicker: string;
  standfirst: string;
  access: Access;
  sectionId: string | null;
  picture: Picture | null;
  body: BodyDocument;
  pictures: Record<string, Picture>;
  bylines: { contributorId: string; role: BylineRole }[];
  topics: string[];
  state: ArticleState;
  scheduledFor: Date | null;
};

/** The article's one form: its text and everything around it. What was typed stays whatever the server answers. */
export function ArticleForm({
  draft,
  sections,
  contributors,
  mayPublish,
  save,
  addPicture,
}: {
  draft: Draft;
  sections: { id: string; name: string }[];
  contributors: { id: string; name: string }[];
  mayPublish: boolean;
  save: (form: FormData) => Promise<FormAnswer & { version?: number }>;
  addPicture: AddPicture;
}) {
  const [picture, setPicture] = useState(draft.picture);
  const version = useRef(draft.version);
  const picker = usePicturePicker(addPicture);
  const { extensions, onEditor } = useCommentedText();
  const action = useCallback(
    async (_: FormAnswer | null, form: FormData) => {
      form.set('version', String(version.current));
      const answer = await save(form);
      if (answer.version) version.current = answer.version;
      return answer;
    },
    [save],
  );
  return (
    <>
      <ActionForm action={action} label="Article" className="max-w-4xl">
        <input type="hidden" name="id" value={draft.id} />
        <input type="hidden" name="pictureId" value={picture?.id ?? ''} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            name="title"
            label="Title"
            defaultValue={draft.title}
            className="sm:col-span-2"
          />
          <TextField
            name="kicker"
            label="Kicker"
            hint="A short line over the title."
            defaultValue={draft.kicker}
          />
          <TextField
            name="slug"
            label="Address"
            hint="The last part of /articles/…"
            defaultValue={draft.slug}
          />
          <TextArea
            name="standfirst"
            label="Standfirst"
            defaultValue={draft.standfirst}
            className="sm:col-span-2"
          />
          <Choice
            name="kind"
            label="Kind"
            defaultValue={draft.kind}
            options={[
              { value: 'article', label: 'Article' },
              { value: 'news', label: 'News, outside any issue' },
            ]}
          />
          <Choice
            name="sectionId"
            label="Section"
            hint={sections.length === 0 ? 'There is none yet: a publisher adds them.' : ''}
            defaultValue={draft.sectionId ?? ''}
            options={[
              { value: '', label: 'none yet' },
              ...sections.map((section) => ({ value: section.id, label: section.name })),
            ]}
          />
          <Choice
            name="access"
            label="Who may read all of it"
            defaultValue={draft.access}
            options={[
              { value: 'free', label: 'Everybody' },
              { value: 'gated', label: 'Who has the issue' },
            ]}
          />
          <TextField
            name="topics"
            label="Topics"
            hint="Parted by commas."
            defaultValue={draft.topics.join(', ')}
          />
        </div>
        <BylineFields initial={draft.bylines} contributors={contributors} />
        <LeadPicture
          picture={picture}
          choose={async () => {
            const chosen = await picker.pick();
            if (chosen) setPicture(chosen);
          }}
          remove={() => setPicture(null)}
        />
        <div className="mt-6">
          <h2 id="body-label" className="text-[0.9rem] font-semibold">
            Text
          </h2>
          <BodyEditor
            name="body"
            initialBody={draft.body}
            media={draft.pictures}
            onPickPicture={async () => {
              const chosen = await picker.pick();
              return (
                chosen && {
                  mediaId: chosen.id,
                  url: chosen.url,
                  alt: chosen.alt,
                  caption: chosen.caption,
                  credit: chosen.credit,
                }
              );
            }}
            labelledBy="body-label"
            describedBy="body-error"
            extensions={extensions}
            onEditor={onEditor}
          />
          <FieldMessage name="body" />
        </div>
        <Buttons draft={draft} mayPublish={mayPublish} />
      </ActionForm>
      {picker.dialog}
    </>
  );
}

function LeadPicture({
  picture,
  choose,
  remove,
}: {
  picture: Picture | null;
  choose: () => void;
  remove: () => void;
}) {
  return (
    <fieldset className="mt-6">
      <legend className="text-[0.9rem] font-semibold">Picture over the text</legend>
      <div className="mt-1 flex flex-wrap items-center gap-3">
        {picture && (
          <img src={picture.url} alt={picture.alt} className="h-24 w-auto border border-rule" />
        )}
        <button type="button" className="button button-quiet" onClick={choose}>
          {picture ? 'Choose another' : 'Choose a picture'}
        </button>
        {picture && (
          <button type="button" className="button button-quiet" onClick={remove}>
            Remove
          </button>
        )}
      </div>
    </fieldset>
  );
}

function Buttons({ draft, mayPublish }: { draft: Draft; mayPublish: boolean }) {
  const published = draft.state === 'published';
  return (
    <div className="sticky bottom-0 mt-6 flex flex-wrap items-end gap-3 border-t border-rule bg-paper py-3">
      <button type="submit" name="intent" value="save" className="button button-quiet">
        Save
      </button>
      {mayPublish && (
        <>
          <button type="submit" name="intent" value="publish" className="button">
            {published ? 'Publish the changes' : 'Publish now'}
          </button>
          {published ? (
            <>
              <button type="submit" name="intent" value="correct" className="button button-quiet">
                Publish as a correction
              </button>
              <button type="submit" name="intent" value="unpublish" className="button button-quiet">
                Take off the site
              </button>
            </>
          ) : (
            <>
              <TextField
                name="at"
                label="At (UTC)"
                type="datetime-local"
                defaultValue={draft.scheduledFor?.toISOString().slice(0, 16) ?? ''}
              />
              <button type="submit" name="intent" value="schedule" className="button button-quiet">
                Schedule
              </button>
              {draft.scheduledFor && (
                <button
                  type="submit"
                  name="intent"
                  value="unschedule"
                  className="button button-quiet"
                >
                  Don’t schedule
                </button>
              )}
            </>
          )}
        </>
      )}
    </div>
  );
}
