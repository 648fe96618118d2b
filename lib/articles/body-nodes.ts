import type { AttributeSpec, MarkSpec, NodeSpec } from '@tiptap/pm/model';

/*
 * The blocks of a magazine's text: the one list that the database, the renderer, the importers and the editor agree on.
 * Names are Tiptap's where it has them. Attributes are checked by type and value, so a stored text can't carry what the
 * renderer doesn't expect.
 */

const text = (value = '', max = 2_000): AttributeSpec => ({
  default: value,
  validate: (given: unknown) => {
    if (typeof given !== 'string') throw new RangeError('expected a text');
    if (given.length > max) throw new RangeError(`expected at most ${max} characters`);
  },
});

const oneOf = <T extends string | number | boolean>(
  values: readonly T[],
  value: T,
): AttributeSpec => ({
  default: value,
  validate: (given: unknown) => {
    if (!values.includes(given as T)) throw new RangeError(`expected one of ${values.join(', ')}`);
  },
});

const whole: AttributeSpec = {
  default: 1,
  validate: (given: unknown) => {
    if (!Number.isSafeInteger(given)) throw new RangeError('expected a whole number');
  },
};

/** More are another gallery. */
export const maxGalleryPictures = 24;

const ids: AttributeSpec = {
  default: [],
  validate: (given: unknown) => {
    const valid =
      Array.isArray(given) &&
      given.length <= maxGalleryPictures &&
      given.every((id) => typeof id === 'string');
    if (!valid) throw new RangeError(`expected at most ${maxGalleryPictures} pictures`);
  },
};

const href: AttributeSpec = {
  default: '',
  validate: (given: unknown) => {
    if (!isSafeHref(given))
      throw new RangeError('expected an http, https or mailto address, a path or an anchor');
  },
};

/**
 * Where a text may link to: http, https, mailto, a path of this site, an anchor. Everything else, `javascript:` and
 * protocol-relative addresses in all their spellings included, is refused.
 */
export function isSafeHref(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 2_000 || /[\s\\]/.test(value)) return false;
  if (/^#[\w-]+$/.test(value) || /^\/(?!\/)/.test(value)) return true;
  if (!/^(https?:\/\/|mailto:)/i.test(value)) return false;
  return URL.canParse(value);
}

export const pictureSizes = ['text', 'wide', 'full'] as const;
export const turnKinds = ['question', 'answer'] as const;

const inlineText = { content: 'inline*' };

export const nodeSpecs = {
  doc: { content: 'block+' },
  paragraph: { ...inlineText, group: 'block', attrs: { dropCap: oneOf([true, false], false) } },
  heading: { ...inlineText, group: 'block', attrs: { level: oneOf([2, 3], 2) } },
  bulletList: { content: 'listItem+', group: 'block' },
  orderedList: {
    content: 'listItem+',
    group: 'block',
    attrs: { start: whole },
  },
  listItem: { content: 'paragraph block*' },
  blockquote: { content: 'block+', group: 'block', attrs: { source: text('', 500) } },
  pullQuote: { ...inlineText, group: 'block' },
  picture: {
    group: 'block',
    atom: true,
    attrs: {
      mediaId: text('', 64),
      alt: text(),
      caption: text(),
      credit: text('', 500),
      licence: text('', 200),
      width: oneOf(pictureSizes, 'text'),
    },
  },
  gallery: { group: 'block', atom: true, attrs: { mediaIds: ids, caption: text() } },
  poem: { content: 'stanza+', group: 'block' },
  stanza: { content: 'verseLine+' },
  verseLine: { ...inlineText },
  interviewTurn: {
    content: 'paragraph+',
    group: 'block',
    attrs: { kind: oneOf(turnKinds, 'question'), speaker: text('', 120) },
  },
  table: { content: 'tableRow+', group: 'block', attrs: { caption: text('', 500) } },
  tableRow: { content: '(tableHeader | tableCell)+' },
  tableHeader: { ...inlineText },
  tableCell: { ...inlineText },
  horizontalRule: { group: 'block', atom: true },
  linkCard: {
    group: 'block',
    atom: true,
    attrs: { url: href, title: text('', 300), description: text('', 600) },
  },
  buyIssue: { group: 'block', atom: true },
  subscribe: { group: 'block', atom: true },
  text: { group: 'inline' },
  hardBreak: { group: 'inline', inline: true, atom: true },
  footnote: { group: 'inline', inline: true, content: 'text*' },
} satisfies Record<string, NodeSpec>;

export const markSpecs = {
  bold: {},
  italic: {},
  smallCaps: {},
  subscript: { excludes: 'subscript superscript' },
  superscript: { excludes: 'subscript superscript' },
  link: { attrs: { href }, inclusive: false },
} satisfies Record<string, MarkSpec>;
