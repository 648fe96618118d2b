import type { Extensions } from '@tiptap/core';
import { StarterKit } from '@tiptap/starter-kit';
import { ownMarks } from '#components/editor/marks.ts';
import { nestedNodes } from '#components/editor/nested-nodes.ts';
import { proseNodes } from '#components/editor/nodes.ts';

/**
 * Tiptap's share: document, text, hard break, list item, rule, bold and italic, undo and the cursors. What the text's
 * schema has otherwise, or not at all, is off; so is the paragraph that Tiptap adds at the end of a text by itself.
 */
const starter = StarterKit.configure({
  blockquote: false,
  bulletList: false,
  code: false,
  codeBlock: false,
  heading: false,
  link: false,
  listKeymap: false,
  orderedList: false,
  paragraph: false,
  strike: false,
  trailingNode: false,
  underline: false,
  dropcursor: { color: 'var(--accent)', width: 2 },
});

/** The schema of a text, no more and no less, with how it is drawn, typed and pasted. */
export const bodyExtensions: Extensions = [starter, ...ownMarks, ...proseNodes, ...nestedNodes];
