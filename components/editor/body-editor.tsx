'use client';

import './editor.css';
import './toolbar.css';
import type { Editor, Extensions } from '@tiptap/core';
import { EditorContent, useEditor, useEditorState } from '@tiptap/react';
import { useEffect, useId, useMemo, useState } from 'react';
import { CardForm, LinkForm } from '#components/editor/address-form.tsx';
import { insertBlock, nodeType } from '#components/editor/commands.ts';
import { bodyExtensions } from '#components/editor/extensions.ts';
import { type KnownPicture, KnownPictures } from '#components/editor/fields.tsx';
import { Keys, openLink, run } from '#components/editor/keys.ts';
import { withNodeViews } from '#components/editor/node-views.tsx';
import { NotePanel } from '#components/editor/note-panel.tsx';
import { Paste } from '#components/editor/paste.ts';
import { Toolbar } from '#components/editor/toolbar.tsx';
import type { BodyDocument } from '#lib/articles/body.ts';
import type { Picture } from '#lib/media/rules.ts';

const ownExtensions = [...withNodeViews(bodyExtensions), Keys, Paste];

type PickedPicture = KnownPicture & { mediaId: string };

/**
 * The article's text, written as it will be read. A hidden field named `name` carries it to the form around, as JSON, from
 * the first moment on; later values of `initialBody` don't touch what is being written. `onPickPicture` answers a picture,
 * or nothing when none was chosen. `onEditor` is handed the editor once it stands and `null` when it goes; `extensions`, fixed
 * at the first moment, add to what the editor does (never to the schema).
 */
export function BodyEditor({
  name,
  initialBody,
  media,
  onPickPicture,
  labelledBy,
  describedBy,
  onEditor,
  extensions = [],
}: {
  name: string;
  initialBody: BodyDocument;
  media: Record<string, Picture>;
  onPickPicture: () => Promise<PickedPicture | null | undefined>;
  labelledBy: string;
  describedBy: string;
  onEditor?: (editor: Editor | null) => void;
  extensions?: Extensions;
}) {
  const id = useId();
  const [initial] = useState(initialBody);
  const [all] = useState(() => [...ownExtensions, ...extensions]);
  const [broken, setBroken] = useState(false);
  const [chosen, setChosen] = useState<Record<string, KnownPicture>>({});
  const pictures = useMemo(() => ({ ...media, ...chosen }), [media, chosen]);
  const editorProps = useMemo(
    () => ({
      attributes: {
        id,
        class: 'body',
        role: 'textbox',
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
  const pick = async () => {
    const picture = await onPickPicture();
    if (!picture || !editor || editor.isDestroyed) return;
    const { mediaId, url, alt, caption, credit } = picture;
    setChosen((before) => ({ ...before, [mediaId]: { url, alt, caption, credit } }));
    const node = nodeType(editor.state, 'picture').create({ mediaId, alt, caption, credit });
    run(editor, insertBlock(node));
    editor.view.focus();
  };
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
    <KnownPictures value={pictures}>
      <div className="editor">
        <BodyField name={name} editor={editor} initial={initial} />
        {editor && <EditorBar editor={editor} controls={id} onPicture={pick} />}
        <EditorContent editor={editor} className="editor-text" />
      </div>
    </KnownPictures>
  );
}

/** The toolbar with the form that it asks for below it; it stays in sight. */
function EditorBar({
  editor,
  controls,
  onPicture,
}: {
  editor: Editor;
  controls: string;
  onPicture: () => void;
}) {
  const [panel, setPanel] = useState<'link' | 'card' | null>(null);
  const close = () => setPanel(null);
  useEffect(() => {
    const open = () => setPanel('link');
    // Back in the text, what a form was asked for may be another place.
    const leave = () => setPanel(null);
    const { dom } = editor.view;
    dom.addEventListener(openLink, open);
    dom.addEventListener('focusin', leave);
    return () => {
      dom.removeEventListener(openLink, open);
      dom.removeEventListener('focusin', leave);
    };
  }, [editor]);
  return (
    <div className="editor-bar">
      <Toolbar
        editor={editor}
        controls={controls}
        onLink={() => setPanel('link')}
        onCard={() => setPanel('card')}
        onPicture={onPicture}
      />
      {panel === 'link' && <LinkForm editor={editor} close={close} />}
      {panel === 'card' && <CardForm editor={editor} close={close} />}
      <NotePanel editor={editor} />
    </div>
  );
}

/** The text for the form around, which keeps it when the page is left. */
function BodyField({
  name,
  editor,
  initial,
}: {
  name: string;
  editor: Editor | null;
  initial: BodyDocument;
}) {
  const doc = useEditorState({
    editor,
    selector: ({ editor: current }) => current?.state.doc ?? null,
    equalityFn: Object.is,
  });
  const json = useMemo(() => JSON.stringify(doc?.toJSON() ?? initial), [doc, initial]);
  return <input type="hidden" name={name} value={json} />;
}
