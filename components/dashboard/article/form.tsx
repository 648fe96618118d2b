'use client';

import type { Editor } from '@tiptap/core';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { Answer, FieldMessage } from '#components/dashboard/action-form.tsx';
import { ArticleActs } from '#components/dashboard/article/acts.tsx';
import {
  type ArticleChoices,
  type ArticleHead,
  DetailFields,
  HeadFields,
} from '#components/dashboard/article/fields.tsx';
import { AsideNotice, WriterNotice } from '#components/dashboard/desk/notices.tsx';
import type { ActAnswer } from '#components/dashboard/desk/replies.ts';
import { SaveLine } from '#components/dashboard/desk/save-line.tsx';
import { useAct } from '#components/dashboard/desk/use-act.ts';
import { useDesk } from '#components/dashboard/desk/use-desk.ts';
import { type AddPicture, usePicturePicker } from '#components/dashboard/media/picker.tsx';
import { SidePanel } from '#components/dashboard/side-panel.tsx';
import { BodyEditor } from '#components/editor/body-editor.tsx';
import { useCommentedText } from '#components/editor/commented-text.tsx';
import type { BodyDocument } from '#lib/articles/body.ts';
import type { ArticleState } from '#lib/articles/rules.ts';
import type { Picture } from '#lib/media/rules.ts';

export type ArticleDraft = ArticleHead & {
  id: string;
  version: number;
  whyNot: string | null;
  changed: boolean;
  body: BodyDocument;
  pictures: Record<string, Picture>;
  state: ArticleState;
  scheduledFor: Date | null;
};

/**
 * The article's workspace: its words, what stands around them, and beside them what `children` add (they may hold forms of
 * their own). What is written is saved by itself.
 */
export function ArticleForm({
  draft,
  userId,
  choices,
  mayPublish,
  timeZone,
  save,
  addPicture,
  children,
}: {
  draft: ArticleDraft;
  userId: string;
  choices: ArticleChoices;
  mayPublish: boolean;
  /** An IANA name: the office's. */
  timeZone: string;
  save: (form: FormData) => Promise<ActAnswer>;
  addPicture: AddPicture;
  children?: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const editor = useRef<Editor | null>(null);
  const [stands, setStands] = useState<Editor | null>(null);
  const [shown, setShown] = useState({ draft, count: 0 });
  const show = useCallback(
    (next: ArticleDraft) => setShown(({ count }) => ({ draft: next, count: count + 1 })),
    [],
  );
  const { state, desk, dismiss } = useDesk<ArticleDraft>({
    articleId: draft.id,
    userId,
    first: draft,
    form,
    editor,
    show,
  });
  const { answer, pending, act } = useAct({ form, desk, save });
  const picker = usePicturePicker(addPicture);
  const commented = useCommentedText();
  const reads = state.mode !== 'writing';

  const onEditor = useCallback(
    (next: Editor | null) => {
      editor.current = next;
      setStands(next);
      commented.onEditor(next);
      if (!next) return;
      desk.current?.saver.settledBody();
      next.on('update', () => desk.current?.saver.changed());
    },
    [desk, commented.onEditor],
  );
  useEffect(() => {
    stands?.setEditable(!reads, false);
  }, [stands, reads]);
  const before = useRef(draft.whyNot);
  useEffect(() => {
    // A move to another stage made the page anew: this window may write now, or may no longer.
    if (draft.whyNot !== before.current) void desk.current?.ask();
    before.current = draft.whyNot;
  }, [draft.whyNot, desk]);
  useEffect(() => {
    // The first text came with the page.
    if (shown.count === 0) return;
    const { body, version } = shown.draft;
    editor.current
      ?.chain()
      .setMeta('addToHistory', false)
      .setContent(body, { emitUpdate: false })
      .run();
    desk.current?.saver.settled(version);
  }, [shown, desk]);

  const look = () => {
    // After what was pressed has been drawn.
    setTimeout(() => desk.current?.saver.look(), 0);
  };
  const pick = async () => {
    const picture = await picker.pick();
    look();
    return picture;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  const published = draft.state === 'published';
  // What the page came with, or what was shown since; and what was saved after either.
  const latest = shown.draft.version > draft.version ? shown.draft : draft;
  const changed =
    latest.changed || (state.save.kind === 'saved' && state.save.version > latest.version);
  const fields = { ...state.refused, ...answer?.fields };
  return (
    <div className="xl:grid xl:grid-cols-[minmax(0,56rem)_17rem] xl:grid-rows-[auto_auto_1fr_auto] xl:gap-x-10 2xl:grid-cols-[minmax(0,56rem)_21rem] 2xl:gap-x-14">
      <div className="max-w-4xl xl:col-span-2 xl:max-w-none">
        <WriterNotice
          writer={state.writer}
          whyNot={state.whyNot}
          takeOver={() => void desk.current?.ask('take', { anew: true })}
        />
        {state.aside && (
          <AsideNotice
            key={state.aside.asideId}
            articleId={draft.id}
            aside={state.aside}
            rests={state.whyNot !== null}
            goOn={dismiss}
          />
        )}
      </div>
      <form
        ref={form}
        aria-label="Article"
        aria-busy={pending}
        noValidate
        className="contents"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          void act((event.nativeEvent as SubmitEvent).submitter);
        }}
        onInput={() => desk.current?.saver.changed()}
        onChange={look}
        onBlur={look}
        onClick={look}
        onKeyDown={onKeyDown}
      >
        <Answer value={{ ok: answer?.ok ?? true, message: answer?.message ?? '', fields }}>
          <fieldset disabled={reads} className="contents">
            <input type="hidden" name="id" value={draft.id} />
            <div className="max-w-4xl min-w-0 xl:row-span-2">
              <HeadFields key={shown.count} head={shown.draft} />
              <div className="mt-6">
                <h2 id="body-label" className="text-[0.9rem] font-semibold">
                  Text
                </h2>
                <BodyEditor
                  name="body"
                  initialBody={draft.body}
                  media={shown.draft.pictures}
                  onPickPicture={async () => {
                    const chosen = await pick();
                    return chosen && { ...chosen, mediaId: chosen.id };
                  }}
                  onPickPictures={async () => {
                    const chosen = await picker.pickMany();
                    return chosen.map((picture) => ({ ...picture, mediaId: picture.id }));
                  }}
                  labelledBy="body-label"
                  describedBy="body-error"
                  onEditor={onEditor}
                  extensions={commented.extensions}
                />
                <FieldMessage name="body" />
              </div>
            </div>
            <div className="mt-8 max-w-4xl min-w-0 xl:mt-0">
              <SidePanel title="Publishing" aside={draft.state}>
                <ArticleActs
                  key={shown.count}
                  state={draft.state}
                  changed={published && changed}
                  scheduledFor={draft.scheduledFor}
                  mayPublish={mayPublish}
                  timeZone={timeZone}
                />
              </SidePanel>
              <SidePanel title="Details">
                <DetailFields
                  key={shown.count}
                  head={shown.draft}
                  choices={choices}
                  published={published}
                  pick={pick}
                />
              </SidePanel>
            </div>
            <div className="sticky bottom-0 z-10 mt-6 flex max-w-4xl flex-wrap items-center gap-x-4 gap-y-2 border-t border-rule bg-paper py-3 xl:col-start-1 xl:row-start-4">
              <button type="submit" name="intent" value="save" className="button button-quiet">
                Save
              </button>
              {mayPublish && (
                <button type="submit" name="intent" value="publish" className="button">
                  {published ? 'Publish the changes' : 'Publish now'}
                </button>
              )}
              <SaveLine state={state.save} message={answer?.message ?? ''} />
              <p
                role={answer && !answer.ok ? 'alert' : 'status'}
                className={`text-[0.95rem] ${answer && !answer.ok ? 'text-accent' : 'text-muted'}`}
              >
                {pending ? 'Working…' : answer?.message}
              </p>
            </div>
          </fieldset>
        </Answer>
      </form>
      <div className="side-column max-w-4xl min-w-0 xl:col-start-2 xl:row-span-2 xl:row-start-3">
        {children}
      </div>
      {picker.dialog}
    </div>
  );
}
