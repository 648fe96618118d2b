import { Node, textblockTypeInputRule, wrappingInputRule } from '@tiptap/core';
import { attributeLengths, element, nodeStructure } from '#components/editor/structure.ts';
import { isSafeHref, maxGalleryPictures, pictureSizes } from '#lib/articles/body-nodes.ts';
import { pictureAddress } from '#lib/media/rules.ts';

const data = (node: HTMLElement, key: string, max: number) =>
  (node.dataset[key] ?? '').slice(0, max);

const figcaption = (...texts: string[]): ['figcaption', string] | '' => {
  const text = texts.filter(Boolean).join(' ');
  return text && ['figcaption', text];
};

const paragraph = Node.create({
  ...nodeStructure('paragraph'),
  // First of the blocks: what a new line and an empty text start with.
  priority: 1_000,
  parseHTML: () => [
    { tag: 'p', getAttrs: (node) => ({ dropCap: node.classList.contains('drop-cap') }) },
  ],
  renderHTML: ({ node }) => ['p', node.attrs.dropCap ? { class: 'drop-cap' } : {}, 0],
});

const heading = Node.create({
  ...nodeStructure('heading'),
  defining: true,
  parseHTML: () =>
    [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 3 ? 2 : 3 } })),
  renderHTML: ({ node }) => [`h${node.attrs.level}`, 0],
  addInputRules() {
    return [2, 3].map((level) =>
      textblockTypeInputRule({
        find: new RegExp(`^#{${level}}\\s$`),
        type: this.type,
        getAttributes: { level },
      }),
    );
  },
});

const bulletList = Node.create({
  ...nodeStructure('bulletList'),
  parseHTML: () => [{ tag: 'ul' }],
  renderHTML: () => ['ul', 0],
  addInputRules() {
    return [wrappingInputRule({ find: /^[-*]\s$/, type: this.type })];
  },
});

const orderedList = Node.create({
  ...nodeStructure('orderedList'),
  parseHTML: () => [
    {
      tag: 'ol',
      getAttrs: (node) => {
        const start = Number(node.getAttribute('start') ?? 1);
        return { start: Number.isSafeInteger(start) ? start : 1 };
      },
    },
  ],
  renderHTML: ({ node }) => ['ol', { start: node.attrs.start }, 0],
  addInputRules() {
    return [
      wrappingInputRule({
        // Two digits: a paragraph may well begin with a year.
        find: /^(\d{1,2})[.)]\s$/,
        type: this.type,
        getAttributes: (match) => ({ start: Number(match[1]) }),
        joinPredicate: (match, list) => list.childCount + list.attrs.start === Number(match[1]),
      }),
    ];
  },
});

const blockquote = Node.create({
  ...nodeStructure('blockquote'),
  defining: true,
  parseHTML: () => [
    {
      tag: 'figure.quotation',
      contentElement: 'blockquote',
      getAttrs: (node) => ({
        source: (node.querySelector(':scope > figcaption')?.textContent ?? '').slice(
          0,
          attributeLengths.source,
        ),
      }),
    },
    { tag: 'blockquote' },
  ],
  renderHTML: ({ node }) =>
    element(
      'figure',
      { class: 'quotation' },
      ['blockquote', 0],
      node.attrs.source && ['figcaption', node.attrs.source],
    ),
  addInputRules() {
    return [wrappingInputRule({ find: /^>\s$/, type: this.type })];
  },
});

const pullQuote = Node.create({
  ...nodeStructure('pullQuote'),
  defining: true,
  parseHTML: () => [{ tag: 'aside.pull-quote', contentElement: 'p' }],
  // On the page it is hidden from screen readers; here it is written, and must not be a landmark either.
  renderHTML: () => ['aside', { class: 'pull-quote', role: 'note' }, ['p', 0]],
});

const picture = Node.create({
  ...nodeStructure('picture'),
  draggable: true,
  parseHTML: () => [
    {
      tag: 'figure.picture[data-media-id]',
      getAttrs: (node) => ({
        mediaId: data(node, 'mediaId', 64),
        alt: data(node, 'alt', attributeLengths.alt),
        caption: data(node, 'caption', attributeLengths.caption),
        credit: data(node, 'credit', attributeLengths.credit),
        licence: data(node, 'licence', attributeLengths.licence),
        width: pictureSizes.find((size) => node.classList.contains(size)) ?? 'text',
      }),
    },
  ],
  renderHTML: ({ node: { attrs } }) =>
    element(
      'figure',
      {
        class: `picture ${attrs.width}`,
        'data-media-id': attrs.mediaId,
        'data-alt': attrs.alt,
        'data-caption': attrs.caption,
        'data-credit': attrs.credit,
        'data-licence': attrs.licence,
      },
      ['img', { src: pictureAddress(attrs.mediaId, 320), alt: attrs.alt }],
      figcaption(attrs.caption, attrs.credit, attrs.licence),
    ),
});

const gallery = Node.create({
  ...nodeStructure('gallery'),
  draggable: true,
  parseHTML: () => [
    {
      tag: 'figure.gallery[data-media-ids]',
      getAttrs: (node) => ({
        mediaIds: (node.dataset.mediaIds ?? '')
          .split(' ')
          .filter(Boolean)
          .slice(0, maxGalleryPictures),
        caption: data(node, 'caption', attributeLengths.caption),
      }),
    },
  ],
  renderHTML: ({ node: { attrs } }) =>
    element(
      'figure',
      {
        class: 'gallery wide',
        'data-media-ids': attrs.mediaIds.join(' '),
        'data-caption': attrs.caption,
      },
      element(
        'div',
        {},
        ...attrs.mediaIds.map((id: string) => ['img', { src: pictureAddress(id, 320), alt: '' }]),
      ),
      attrs.caption && ['figcaption', attrs.caption],
    ),
});

const linkCard = Node.create({
  ...nodeStructure('linkCard'),
  draggable: true,
  parseHTML: () => [
    {
      tag: 'aside.link-card[data-url]',
      getAttrs: (node) =>
        isSafeHref(node.dataset.url) && {
          url: node.dataset.url,
          title: data(node, 'title', attributeLengths.cardTitle),
          description: data(node, 'description', attributeLengths.cardDescription),
        },
    },
  ],
  renderHTML: ({ node: { attrs } }) =>
    element(
      'aside',
      {
        class: 'link-card',
        'data-url': attrs.url,
        'data-title': attrs.title,
        'data-description': attrs.description,
      },
      ['a', { href: attrs.url }, attrs.title || attrs.url],
      attrs.description && ['p', attrs.description],
    ),
});

/** A place where the page puts the shop. */
const slot = (name: 'buyIssue' | 'subscribe', label: string) =>
  Node.create({
    ...nodeStructure(name),
    draggable: true,
    parseHTML: () => [{ tag: `div[data-slot="${name}"]` }],
    renderHTML: () => ['div', { class: 'slot', 'data-slot': name }, label],
  });

/** Paragraphs, headings, lists, quotes, pictures, cards and the places for the shop. */
export const proseNodes = [
  paragraph,
  heading,
  bulletList,
  orderedList,
  blockquote,
  pullQuote,
  picture,
  gallery,
  linkCard,
  slot('buyIssue', 'Buy this issue'),
  slot('subscribe', 'Subscribe'),
];
