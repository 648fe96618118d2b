import { Mark } from '@tiptap/core';
import { markStructure } from '#components/editor/structure.ts';
import { isSafeHref } from '#lib/articles/body-nodes.ts';

const smallCaps = Mark.create({
  ...markStructure('smallCaps'),
  parseHTML: () => [
    { tag: 'span.small-caps' },
    { style: 'font-variant', getAttrs: (value) => /small-caps/.test(value) && null },
    { style: 'font-variant-caps', getAttrs: (value) => /small-caps/.test(value) && null },
  ],
  renderHTML: () => ['span', { class: 'small-caps' }, 0],
});

const subscript = Mark.create({
  ...markStructure('subscript'),
  parseHTML: () => [{ tag: 'sub' }, { style: 'vertical-align=sub' }],
  renderHTML: () => ['sub', 0],
  addKeyboardShortcuts() {
    return { 'Mod-,': () => this.editor.commands.toggleMark(this.name) };
  },
});

const superscript = Mark.create({
  ...markStructure('superscript'),
  parseHTML: () => [{ tag: 'sup' }, { style: 'vertical-align=super' }],
  renderHTML: () => ['sup', 0],
  addKeyboardShortcuts() {
    return { 'Mod-.': () => this.editor.commands.toggleMark(this.name) };
  },
});

const link = Mark.create({
  ...markStructure('link'),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (node) => {
        const href = node.getAttribute('href')?.trim();
        return isSafeHref(href) && { href };
      },
    },
  ],
  renderHTML: ({ mark }) => ['a', { href: mark.attrs.href }, 0],
});

/** In the order in which the shared schema has them, which is the order that a stored text's marks stand in. */
export const ownMarks = [smallCaps, subscript, superscript, link];
