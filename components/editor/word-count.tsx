'use client';

import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { useEffect, useState } from 'react';
import { type BodyDocument, readingMinutes, wordCount } from '#lib/articles/body.ts';

const pause = 300;

/** Counted as the server counts, once the writer pauses. */
export function WordCount({ editor }: { editor: Editor }) {
  const doc = useEditorState({
    editor,
    selector: ({ editor: { state } }) => state.doc,
    equalityFn: Object.is,
  });
  const [words, setWords] = useState<number | null>(null);
  useEffect(() => {
    const count = () => setWords(wordCount(doc.toJSON() as BodyDocument));
    const timer = setTimeout(count, pause);
    return () => clearTimeout(timer);
  }, [doc]);
  if (words === null) return null;
  return (
    <p className="editor-count">
      {words.toLocaleString('en')} {words === 1 ? 'word' : 'words'} · {readingMinutes(words)} min
    </p>
  );
}
