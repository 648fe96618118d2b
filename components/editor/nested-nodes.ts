import { Node } from '@tiptap/core';
import { attributeLengths, element, nodeStructure } from '#components/editor/structure.ts';

const poem = Node.create({
  ...nodeStructure('poem'),
  defining: true,
  parseHTML: () => [{ tag: 'div.poem' }],
  renderHTML: () => ['div', { class: 'poem' }, 0],
});

const stanza = Node.create({
  ...nodeStructure('stanza'),
  parseHTML: () => [{ tag: 'p', context: 'poem/', priority: 60 }],
  renderHTML: () => ['p', 0],
});

const verseLine = Node.create({
  ...nodeStructure('verseLine'),
  parseHTML: () => [{ tag: 'span.verse', context: 'stanza/', priority: 60 }],
  renderHTML: () => ['span', { class: 'verse' }, 0],
});

const interviewTurn = Node.create({
  ...nodeStructure('interviewTurn'),
  defining: true,
  parseHTML: () => [
    {
      tag: 'div.turn',
      getAttrs: (node) => ({
        kind: node.classList.contains('turn-answer') ? 'answer' : 'question',
        speaker: (node.dataset.speaker ?? node.querySelector('.speaker')?.textContent ?? '')
          .trim()
          .slice(0, attributeLengths.speaker),
      }),
    },
    // The page prints the name into the first paragraph.
    { tag: 'b.speaker', ignore: true, priority: 60 },
  ],
  renderHTML: ({ node: { attrs } }) => [
    'div',
    { class: `turn turn-${attrs.kind}`, 'data-speaker': attrs.speaker },
    0,
  ],
});

const table = Node.create({
  ...nodeStructure('table'),
  isolating: true,
  parseHTML: () => {
    const getAttrs = (node: HTMLElement) => ({
      caption: (node.querySelector('caption')?.textContent ?? '').slice(
        0,
        attributeLengths.tableCaption,
      ),
    });
    return [
      { tag: 'section.table', contentElement: 'tbody', getAttrs },
      { tag: 'table', getAttrs },
      { tag: 'caption', ignore: true },
    ];
  },
  renderHTML: ({ node: { attrs } }) => [
    'section',
    { class: 'table-box' },
    element('table', {}, attrs.caption && ['caption', attrs.caption], ['tbody', 0]),
  ],
});

const tableRow = Node.create({
  ...nodeStructure('tableRow'),
  // Between two cells there is nothing to write on: what is typed there would be one cell more than the other rows have.
  allowGapCursor: false,
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
});

const tableHeader = Node.create({
  ...nodeStructure('tableHeader'),
  isolating: true,
  parseHTML: () => [{ tag: 'th' }],
  renderHTML: () => ['th', 0],
});

const tableCell = Node.create({
  ...nodeStructure('tableCell'),
  isolating: true,
  parseHTML: () => [{ tag: 'td' }],
  renderHTML: () => ['td', 0],
});

const footnote = Node.create({
  ...nodeStructure('footnote'),
  // One character as far as the cursor is concerned: its text is written in a field of its own.
  atom: true,
  parseHTML: () => [
    { tag: 'sup.note-mark[data-note]', priority: 70 },
    // The page's mark, which only points to the note.
    { tag: 'sup.note-mark', ignore: true, priority: 60 },
  ],
  renderHTML: () => ['sup', { class: 'note-mark', 'data-note': '' }, 0],
  renderText: () => '',
});

/** Blocks with a structure of their own inside, and the footnote. */
export const nestedNodes = [
  poem,
  stanza,
  verseLine,
  interviewTurn,
  table,
  tableRow,
  tableHeader,
  tableCell,
  footnote,
];
