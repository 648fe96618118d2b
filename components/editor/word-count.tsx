'use client';

import type { Editor } from '@tiptap/core';
import type { Fragment, Node } from '@tiptap/pm/model';
import { useEditorState } from '@tiptap/react';
import { useEffect, useState } from 'react';
import { type BlockNode, readingMinutes, wordCount } from '#lib/articles/body.ts';

const pause = 300;

/** Counted as the server counts, once the writer pauses: the whole text, or what is selected of it. */
export function WordCount({ editor }: { editor: Editor }) {
  const { doc, from, to } = useEditorState({
    editor,
    selector: ({ editor: { state } }) => {
      const { doc, selection } = state;
      // Where an empty selection is makes no difference.
      return selection.empty
        ? { doc, from: 0, to: 0 }
        : { doc, from: selection.from, to: selection.to };
    },
    equalityFn: (a, b) => a.doc === b?.doc && a.from === b.from && a.to === b.to,
  });
  const [counted, setCounted] = useState<{ all: number; selected: number | null } | null>(null);
  useEffect(() => {
    const count = () => {
      const selected = from === to ? null : wordsIn(doc.cut(from, to).content);
      setCounted({ all: wordsIn(doc.content), selected });
    };
    const timer = setTimeout(count, pause);
    return () => clearTimeout(timer);
  }, [doc, from, to]);
  if (counted === null) return null;
  const { all, selected } = counted;
  return (
    <p className="editor-count">
      {selected !== null && selected > 0 && `${selected.toLocaleString('en')} of `}
      {all.toLocaleString('en')} {all === 1 ? 'word' : 'words'} · {readingMinutes(selected || all)}{' '}
      min
    </p>
  );
}

const counts = new WeakMap<Node, number>();

/** The words of these blocks. A block that was counted before is not counted again: while writing, one changes. */
export function wordsIn(blocks: Fragment): number {
  let words = 0;
  blocks.forEach((block) => {
    const count =
      counts.get(block) ?? wordCount({ type: 'doc', content: [block.toJSON() as BlockNode] });
    counts.set(block, count);
    words += count;
  });
  return words;
}
