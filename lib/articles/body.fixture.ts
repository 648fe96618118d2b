import type { BodyDocument } from './body.ts';

/* Texts as the database keeps them, part by part. */

export const text = (words: string, ...marks: unknown[]) =>
  marks.length > 0 ? { type: 'text', text: words, marks } : { type: 'text', text: words };
export const link = (href: unknown) => ({ type: 'link', attrs: { href } });
export const note = (words: string) => ({ type: 'footnote', content: [text(words)] });
export const paragraph = (...content: unknown[]) => ({
  type: 'paragraph',
  attrs: { dropCap: false },
  content: content.map((part) => (typeof part === 'string' ? text(part) : part)),
});
export const heading = (words: string) => ({
  type: 'heading',
  attrs: { level: 2 },
  content: [text(words)],
});
export const picture = (attrs: Record<string, unknown> = {}) => ({
  type: 'picture',
  attrs: { mediaId: '', alt: '', caption: '', credit: '', licence: '', width: 'text', ...attrs },
});
export const list = (...items: string[]) => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })),
});
export const poem = (...lines: string[]) => ({
  type: 'poem',
  content: [
    {
      type: 'stanza',
      content: lines.map((line) => ({ type: 'verseLine', content: [text(line)] })),
    },
  ],
});
export const table = (...cells: string[]) => ({
  type: 'table',
  attrs: { caption: '' },
  content: [
    {
      type: 'tableRow',
      content: cells.map((cell, index) => ({
        type: index === 0 ? 'tableHeader' : 'tableCell',
        content: [text(cell)],
      })),
    },
  ],
});
export const turn = (words: string) => ({
  type: 'interviewTurn',
  attrs: { kind: 'answer', speaker: 'Ann' },
  content: [paragraph(words)],
});
export const doc = (...content: unknown[]) => ({ type: 'doc', content }) as BodyDocument;
export const words = (count: number, word = 'word') =>
  Array.from({ length: count }, () => word).join(' ');

/** One of every block and mark, as the database keeps it. */
export const everything = doc(
  {
    type: 'paragraph',
    attrs: { dropCap: true },
    content: [
      text('bold', { type: 'bold' }),
      text('both', { type: 'bold' }, { type: 'italic' }),
      text('caps', { type: 'smallCaps' }),
      text('2', { type: 'subscript' }),
      text('3', { type: 'superscript' }),
      text('there', link('https://example.org/a?b=c#d')),
      { type: 'hardBreak' },
      { type: 'footnote', content: [text('A note.', { type: 'italic' })] },
      { type: 'footnote' },
    ],
  },
  heading('A heading'),
  { type: 'heading', attrs: { level: 3 } },
  list('one', 'two'),
  {
    type: 'orderedList',
    attrs: { start: 3 },
    content: [{ type: 'listItem', content: [paragraph('three'), list('nested')] }],
  },
  { type: 'blockquote', attrs: { source: 'Somebody' }, content: [paragraph('quoted')] },
  { type: 'pullQuote', content: [text('pulled')] },
  picture({
    mediaId: 'm1',
    alt: 'A boat',
    caption: 'In port',
    credit: 'Ann',
    licence: 'CC BY 4.0',
    width: 'full',
  }),
  { type: 'gallery', attrs: { mediaIds: ['m2', 'm3'], caption: 'Boats' } },
  poem('first line', 'second line'),
  turn('I did.'),
  table('Boat', '12'),
  { type: 'horizontalRule' },
  { type: 'linkCard', attrs: { url: '/issues', title: 'All', description: 'Of them' } },
  { type: 'buyIssue' },
  { type: 'subscribe' },
);
