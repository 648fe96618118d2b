'use client';

import './editor.css';
import './toolbar.css';
import './panels.css';
import type { Editor, Extensions } from '@tiptap/core';
import { EditorContent, useEditor } from '@tiptap/react';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { leaveFields } from '#components/editor/block-fields.ts';
import { BodyField } from '#components/editor/body-field.tsx';
import { insertBlock, nodeType } from '#components/editor/commands.ts';
import { useEditable } from '#components/editor/editable.ts';
import { EditorBar } from '#components/editor/editor-bar.tsx';
import { announce, openFind } from '#components/editor/events.ts';
import { bodyExtensions } from '#components/editor/extensions.ts';
import { Find } from '#components/editor/find.ts';
import { Keys, run } from '#components/editor/keys.ts';
import { withNodeViews } from '#components/editor/node-views.tsx';
import { NoteList } from '#components/editor/note-list.tsx';
import { Paste } from '#components/editor/paste.ts';
import { Shortcuts } from '#components/editor/shortcuts.ts';
import { SlashMenu } from '#components/editor/slash-menu.ts';
import {
  type KnownPicture,
  type PickedPicture,
  SurroundingsContext,
} from '#components/editor/surroundings.tsx';
import type { BodyDocument } from '#lib/articles/body.ts';
import { maxGalleryPictures } from '#lib/articles/body-nodes.ts';

const ownExtensions = [...withNodeViews(bodyExtensions), Keys, Paste, Shortcuts, SlashMenu, Find];

/** Pixels that the cursor keeps from the window's edges: above the text the bar is in the way, as high as it just is. */
const scrollMargin = (id: string) => ({
  get top() {
    const bar = document.getElementById(id)?.closest('.editor')?.querySelector('.editor-bar');
    return (bar?.clientHeight ?? 0) + 20;
  },
  right: 0,
  bottom: 130,
  left: 0,
});

type Props = {
  name: string;
  initialBody: BodyDocument;
  media: Record<string, KnownPicture>;
  onPickPicture: () => Promise<PickedPicture | null | undefined>;
  onPickPictures?: () => Promise<PickedPicture[] | null | undefined>;
  labelledBy: string;
  describedBy: string;
  onEditor?: (editor: Editor | null) => void;
  extensions?: Extensions;
};

/**
 * The article's text, written as it will be read. A hidden field named `name` carries it to the form around, as JSON, from
 * the first moment on and anew whenever the form's data are asked for; later values of `initialBody` don't touch what is
 * being written. `onPickPicture` answers a picture, or nothing when none was chosen; `onPickPictures` several at once, for
 * galleries, which else ask for one after the other. `onEditor` is handed the editor once it stands and `null` when it goes
 * (`editor.setEditable(false)` makes the text one to read); `extensions`, fixed at the first moment, add to what the editor
 * does (never to the schema).
 */
export function BodyEditor({
  name,
  initialBody,
  media,
  onEditor,
  extensions = [],
  ...rest
}: Props) {
  const id = useId();
  const [initial] = useState(initialBody);
  const [all] = useState(() => [...ownExtensions, ...extensions]);
  const [broken, setBroken] = useState(false);
  const { labelledBy, describedBy } = rest;
  const editorProps = useMemo(
    () => ({
      scrollMargin: scrollMargin(id),
      scrollThreshold: scrollMargin(id),
      attributes: {
        id,
        class: 'body',
        role: 'textbox',
        tabindex: '0',
        'aria-multiline': 'true',
        'aria-labelledby': labelledBy,
        'aria-describedby': describedBy,
      },
    }),
    [id, labelledBy, describedBy],
  );
  const editor = useEditor({
    immediatelyRender: false,
    injectCSS: false,
    extensions: all,
    content: initial,
    enableContentCheck: true,
    onContentError: () => setBroken(true),
    editorProps,
  });
  useEffect(() => {
    if (!editor || !onEditor) return;
    onEditor(editor);
    return () => onEditor(null);
  }, [editor, onEditor]);
  if (broken) {
    return (
      <>
        <input type="hidden" name={name} value={JSON.stringify(initial)} />
        <p role="alert">
          This text holds something that the editor doesn’t know, so it can’t be changed here.
        </p>
      </>
    );
  }
  return (
    <div className="editor">
      <BodyField name={name} editor={editor} initial={initial} />
      {editor && <Writing editor={editor} id={id} media={media} {...rest} />}
    </div>
  );
}

/** The text with its bar above and its notes below. */
function Writing({
  editor,
  id,
  media,
  onPickPicture,
  onPickPictures,
}: { editor: Editor; id: string } & Pick<Props, 'media' | 'onPickPicture' | 'onPickPictures'>) {
  const editable = useEditable(editor);
  const [chosen, setChosen] = useState<Record<string, KnownPicture>>({});
  useEffect(() => {
    if (editable) editor.view.dom.removeAttribute('aria-readonly');
    else editor.view.dom.setAttribute('aria-readonly', 'true');
  }, [editor, editable]);
  const pick = async (several: boolean) => {
    const answer = several && onPickPictures ? await onPickPictures() : await onPickPicture();
    const picked = [answer ?? []].flat();
    setChosen((before) => ({
      ...before,
      ...Object.fromEntries(picked.map((picture) => [picture.mediaId, picture])),
    }));
    return editor.isDestroyed ? [] : picked;
  };
  const put = (node: Parameters<typeof insertBlock>[0]) => {
    run(editor, insertBlock(node));
    editor.view.focus();
  };
  const putPicture = async () => {
    const [picture] = await pick(false);
    if (!picture) return editor.view.focus();
    const { mediaId, alt, caption, credit, licence = '' } = picture;
    put(nodeType(editor.state, 'picture').create({ mediaId, alt, caption, credit, licence }));
  };
  const putGallery = async () => {
    const picked = await pick(true);
    if (picked.length === 0) return editor.view.focus();
    const mediaIds = [...new Set(picked.map(({ mediaId }) => mediaId))].slice(
      0,
      maxGalleryPictures,
    );
    put(nodeType(editor.state, 'gallery').create({ mediaIds }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `pick` is made anew each time, of what is listed
  const surroundings = useMemo(
    () => ({ pictures: { ...media, ...chosen }, editable, pickPictures: () => pick(true) }),
    [media, chosen, editable, editor, onPickPicture, onPickPictures],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const { target, key } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'f') {
      event.preventDefault();
      announce(editor.view, openFind);
    } else if (key === 'Escape' && target instanceof Element && leaveFields(editor.view, target)) {
      event.stopPropagation();
    }
  };
  return (
    <SurroundingsContext value={surroundings}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the fields inside */}
      <div onKeyDown={onKeyDown}>
        <EditorBar
          editor={editor}
          controls={id}
          editable={editable}
          onPicture={putPicture}
          onGallery={putGallery}
        />
        <EditorContent editor={editor} className="editor-text" />
        <NoteList editor={editor} />
      </div>
    </SurroundingsContext>
  );
}
