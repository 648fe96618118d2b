import type { BodyDocument, Paragraph } from '#lib/articles/body.ts';

const paragraph = (text: string, dropCap = false): Paragraph => ({
  type: 'paragraph',
  attrs: { dropCap },
  content: [{ type: 'text', text }],
});

/** A text with every block, every inline node and every mark. Of each block that is drawn differently, the fuller one is last. */
export const everyBlock: BodyDocument = {
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      attrs: { dropCap: false },
      content: [
        { type: 'text', text: 'Plain, ' },
        { type: 'text', text: 'bold and italic', marks: [{ type: 'bold' }, { type: 'italic' }] },
        { type: 'text', text: 'bbc', marks: [{ type: 'smallCaps' }] },
        { type: 'text', text: '2', marks: [{ type: 'subscript' }] },
        { type: 'text', text: '3', marks: [{ type: 'superscript' }] },
        {
          type: 'text',
          text: 'a link',
          marks: [{ type: 'bold' }, { type: 'link', attrs: { href: 'https://example.org/a' } }],
        },
        { type: 'hardBreak' },
        {
          type: 'footnote',
          content: [
            { type: 'text', text: 'See ' },
            { type: 'text', text: 'The Harbour', marks: [{ type: 'italic' }] },
          ],
        },
        { type: 'footnote' },
      ],
    },
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'A heading' }] },
    { type: 'heading', attrs: { level: 3 } },
    {
      type: 'bulletList',
      content: [
        {
          type: 'listItem',
          content: [
            paragraph('First'),
            {
              type: 'orderedList',
              attrs: { start: 4 },
              content: [{ type: 'listItem', content: [paragraph('Fourth')] }],
            },
          ],
        },
      ],
    },
    { type: 'blockquote', attrs: { source: 'A letter' }, content: [paragraph('Quoted')] },
    { type: 'pullQuote', content: [{ type: 'text', text: 'Pulled' }] },
    {
      type: 'picture',
      attrs: {
        mediaId: 'one',
        alt: 'A pier',
        caption: 'The pier',
        credit: 'A. Rower',
        licence: 'CC BY 4.0',
        width: 'wide',
      },
    },
    { type: 'gallery', attrs: { mediaIds: ['one', 'two'], caption: 'Two piers' } },
    {
      type: 'poem',
      content: [
        {
          type: 'stanza',
          content: [
            { type: 'verseLine', content: [{ type: 'text', text: 'One line' }] },
            { type: 'verseLine' },
          ],
        },
      ],
    },
    {
      type: 'interviewTurn',
      attrs: { kind: 'question', speaker: 'Broadside' },
      content: [paragraph('Why?')],
    },
    { type: 'interviewTurn', attrs: { kind: 'answer', speaker: '' }, content: [paragraph('So.')] },
    {
      type: 'table',
      attrs: { caption: 'Tides' },
      content: [
        {
          type: 'tableRow',
          content: [{ type: 'tableHeader', content: [{ type: 'text', text: 'Day' }] }],
        },
        { type: 'tableRow', content: [{ type: 'tableCell' }] },
      ],
    },
    { type: 'horizontalRule' },
    {
      type: 'linkCard',
      attrs: { url: 'https://example.org/', title: 'Example', description: 'A card' },
    },
    { type: 'buyIssue' },
    { type: 'subscribe' },
    paragraph('The last one', true),
  ],
};
