import { describe, expect, it } from 'vitest';
import {
  type BlockNode,
  type BodyDocument,
  bodyText,
  emptyBody,
  mediaIdsIn,
  parseBody,
  readingMinutes,
  teaser,
  wordCount,
} from './body.ts';

const text = (words: string, ...marks: unknown[]) =>
  marks.length > 0 ? { type: 'text', text: words, marks } : { type: 'text', text: words };
const link = (href: unknown) => ({ type: 'link', attrs: { href } });
const note = (words: string) => ({ type: 'footnote', content: [text(words)] });
const paragraph = (...content: unknown[]) => ({
  type: 'paragraph',
  attrs: { dropCap: false },
  content: content.map((part) => (typeof part === 'string' ? text(part) : part)),
});
const heading = (words: string) => ({
  type: 'heading',
  attrs: { level: 2 },
  content: [text(words)],
});
const picture = (attrs: Record<string, unknown> = {}) => ({
  type: 'picture',
  attrs: { mediaId: '', alt: '', caption: '', credit: '', licence: '', width: 'text', ...attrs },
});
const list = (...items: string[]) => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })),
});
const poem = (...lines: string[]) => ({
  type: 'poem',
  content: [
    {
      type: 'stanza',
      content: lines.map((line) => ({ type: 'verseLine', content: [text(line)] })),
    },
  ],
});
const table = (...cells: string[]) => ({
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
const turn = (words: string) => ({
  type: 'interviewTurn',
  attrs: { kind: 'answer', speaker: 'Ann' },
  content: [paragraph(words)],
});
const doc = (...content: unknown[]) => ({ type: 'doc', content }) as BodyDocument;
const words = (count: number, word = 'word') => Array.from({ length: count }, () => word).join(' ');
const opening = (...content: unknown[]) => teaser(doc(...content), { words: 120 });

/** One of every block and mark, as the database keeps it. */
const everything = doc(
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

describe('a text from outside', () => {
  it('may hold every block and mark of the magazine, and comes back as it was', () => {
    expect(parseBody(everything)).toEqual({ ok: true, value: everything });
  });

  it('comes back canonical: unknown attributes gone, defaults written out, marks in one order', () => {
    const loose = {
      type: 'doc',
      extra: 1,
      content: [
        { type: 'paragraph', attrs: { onclick: 'x()', style: 'y' }, content: [text('a')] },
        { type: 'picture', attrs: { mediaId: 'm1' } },
        paragraph(text('b', { type: 'italic' }, { type: 'bold' })),
      ],
    };
    expect(parseBody(loose)).toEqual({
      ok: true,
      value: doc(
        paragraph('a'),
        picture({ mediaId: 'm1' }),
        paragraph(text('b', { type: 'bold' }, { type: 'italic' })),
      ),
    });
  });

  it('read again, changes no further', () => {
    const once = parseBody(everything);
    expect(once.ok && parseBody(JSON.parse(JSON.stringify(once.value)))).toEqual(once);
  });

  it.each<[string, unknown]>([
    ['an unknown block', doc({ type: 'script', content: [text('x')] })],
    ['a block named after what every object has', doc({ type: 'constructor' })],
    ['a block without a name', doc({ content: [] })],
    ['an unknown mark', doc(paragraph(text('x', { type: 'code' })))],
    ['a mark named after what every object has', doc(paragraph(text('x', { type: 'toString' })))],
    ['the same mark twice', doc(paragraph(text('x', { type: 'bold' }, { type: 'bold' })))],
    [
      'sub- and superscript at once',
      doc(paragraph(text('x', { type: 'subscript' }, { type: 'superscript' }))),
    ],
    ['a mark on a block', doc({ ...paragraph('x'), marks: [{ type: 'bold' }] })],
    ['a mark on the whole text', { ...doc(paragraph('x')), marks: [{ type: 'bold' }] }],
    ['text outside a block', doc(text('x'))],
    ['an empty text', doc(paragraph(text('')))],
    ['a note in a note', doc(paragraph({ type: 'footnote', content: [note('x')] }))],
    ['a paragraph in a paragraph', doc(paragraph(paragraph('x')))],
    ['a list without items', doc({ type: 'bulletList', content: [] })],
    ['a table row with a block in it', doc({ type: 'table', content: [paragraph('x')] })],
    ['nothing at all', doc()],
    ['a part of a text', paragraph('x')],
    ['a character that PostgreSQL has no room for', doc(paragraph('a\u0000b'))],
    ['half a character', doc(paragraph('a\ud83d'))],
    ['null', null],
    ['undefined', undefined],
    ['a number', 3],
    ['a string', 'doc'],
    ['a list', [paragraph('x')]],
    ['content that is no list', { type: 'doc', content: 'x' }],
    ['a text that is no string', doc(paragraph({ type: 'text', text: { a: 1 } }))],
    ['marks that are no list', doc(paragraph({ type: 'text', text: 'x', marks: 'bold' }))],
  ])('is refused with %s', (_what, body) => {
    expect(parseBody(body)).toMatchObject({ ok: false, reason: 'invalid_body' });
  });

  it.each<[string, unknown]>([
    ['a heading of another level', { ...heading('x'), attrs: { level: 1 } }],
    ['a heading whose level is a text', { ...heading('x'), attrs: { level: '2' } }],
    ['a drop cap that is neither yes nor no', { ...paragraph('x'), attrs: { dropCap: 'yes' } }],
    ['a caption that is a number', picture({ caption: 3 })],
    ['a caption that is an object', picture({ caption: { toString: 'x' } })],
    ['a caption that is too long', picture({ caption: 'x'.repeat(2_001) })],
    ['a picture of another width', picture({ width: 'huge' })],
    ['a gallery of one text', { type: 'gallery', attrs: { mediaIds: 'm1' } }],
    ['a gallery of numbers', { type: 'gallery', attrs: { mediaIds: [1] } }],
    ['a gallery of 25', { type: 'gallery', attrs: { mediaIds: Array(25).fill('m') } }],
    ['an unknown turn', { ...turn('x'), attrs: { kind: 'aside' } }],
    ['a list that starts at a text', { ...list('x'), type: 'orderedList', attrs: { start: '1' } }],
    [
      'a list that starts at no whole number',
      { ...list('x'), type: 'orderedList', attrs: { start: 1.5 } },
    ],
    [
      'a list that starts beyond every number',
      { ...list('x'), type: 'orderedList', attrs: JSON.parse('{"start":1e999}') },
    ],
    ['a card that links nowhere', { type: 'linkCard', attrs: { url: null } }],
  ])('is refused with %s', (_what, block) => {
    expect(parseBody(doc(block))).toMatchObject({ ok: false, reason: 'invalid_body' });
  });

  it.each([
    'https://example.org/',
    'HTTP://EXAMPLE.ORG',
    'mailto:ann@example.org',
    '/issues/tide?from=text',
    '/',
    '#note-3',
  ])('may link to %s', (href) => {
    expect(parseBody(doc(paragraph(text('x', link(href))))).ok).toBe(true);
    expect(parseBody(doc({ type: 'linkCard', attrs: { url: href } })).ok).toBe(true);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'javascript&colon;alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://example.org/1',
    'file:///etc/passwd',
    '//elsewhere.example',
    '///elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    'https:elsewhere.example',
    'https://',
    'elsewhere.example',
    '#a b',
    '',
    `/${'x'.repeat(2_000)}`,
    null,
    7,
    ['https://example.org/'],
    { toString: 'https://example.org/' },
  ])('may not link to %j', (href) => {
    expect(parseBody(doc(paragraph(text('x', link(href)))))).toMatchObject({ ok: false });
    expect(parseBody(doc({ type: 'linkCard', attrs: { url: href } }))).toMatchObject({ ok: false });
  });

  it('may nest lists as people do, but not without end', () => {
    const nested = (depth: number): unknown =>
      depth === 0
        ? paragraph('x')
        : { type: 'blockquote', attrs: { source: '' }, content: [nested(depth - 1)] };
    expect(parseBody(doc(nested(20))).ok).toBe(true);
    expect(parseBody(doc(nested(30))).ok).toBe(false);
    expect(parseBody(doc(nested(5_000))).ok).toBe(false);
  });

  it('may have 2 million characters of JSON and no more', () => {
    expect(parseBody(doc(paragraph('x'.repeat(1_999_000)))).ok).toBe(true);
    expect(parseBody(doc(paragraph('x'.repeat(2_000_000)))).ok).toBe(false);
  });

  it('can’t reach into objects by __proto__', () => {
    for (const at of ['doc', 'block', 'attrs']) {
      const own = (where: string, rest: string) =>
        `{${where === at ? '"__proto__":{"polluted":true},' : ''}${rest}}`;
      const attrs = own('attrs', '"dropCap":false');
      const block = own('block', `"type":"paragraph","attrs":${attrs}`);
      const json = own('doc', `"type":"doc","content":[${block}]`);
      expect(parseBody(JSON.parse(json)).ok).toBe(false);
    }
    expect('polluted' in {}).toBe(false);
  });
});

describe('the words of a text', () => {
  it('are those of paragraphs, lists, tables, poems and notes, none run together', () => {
    const body = doc(
      heading('Head'),
      paragraph('Rain', note('Or hail.'), 'fell', { type: 'hardBreak' }, 'on.'),
      list('one', 'two'),
      table('Boat', 'Crew'),
      poem('first line', 'second line'),
      turn('Answer'),
      { type: 'blockquote', attrs: { source: '' }, content: [paragraph('Quote')] },
      { type: 'horizontalRule' },
      paragraph('End'),
    );
    expect(bodyText(body).split('\n')).toEqual([
      'Head',
      'Rain Or hail. fell  on.',
      ...['one', 'two', 'Boat', 'Crew', 'first line', 'second line', 'Answer', 'Quote', 'End'],
    ]);
  });

  it('are not torn apart by marks', () => {
    expect(bodyText(doc(paragraph('un', text('believ', { type: 'italic' }), 'able')))).toBe(
      'unbelievable',
    );
  });

  it('are counted as people count them', () => {
    expect(wordCount(doc(paragraph('It’s a well-known 3.5 % – no?')))).toBe(5);
    expect(wordCount(doc(paragraph('cafe\u0301s')))).toBe(1);
    expect(wordCount(doc(list('one', 'two'), paragraph('three', note('four'))))).toBe(4);
    expect(wordCount(doc(picture({ caption: 'Not counted' })))).toBe(0);
    expect(wordCount(emptyBody())).toBe(0);
  });

  it('take whole minutes to read, at least one', () => {
    expect([0, 100, 460, 2_300].map(readingMinutes)).toEqual([1, 1, 2, 10]);
  });
});

describe('the pictures of a text', () => {
  it('are those of pictures and galleries, wherever they stand, each once', () => {
    const body = doc(
      picture({ mediaId: 'm1' }),
      { type: 'gallery', attrs: { mediaIds: ['m2', 'm1'], caption: '' } },
      { type: 'blockquote', attrs: { source: '' }, content: [picture({ mediaId: 'm3' })] },
      picture(),
    );
    expect(mediaIdsIn(body)).toEqual(['m1', 'm2', 'm3']);
  });
});

describe('the teaser', () => {
  const sentences = (count: number) =>
    Array.from({ length: count }, (_, index) => `Sentence ${index} has five words.`).join(' ');

  it('is a short text whole', () => {
    const body = doc(paragraph('One.'), paragraph('Two.'));
    expect(teaser(body, { words: 120 })).toEqual(body);
  });

  it('ends with a whole sentence and never goes beyond its words', () => {
    const cut = opening(paragraph(sentences(40)));
    expect(wordCount(cut)).toBe(120);
    expect(bodyText(cut)).toMatch(/Sentence 23 has five words\.$/);
    const sooner = opening(paragraph(words(100)), paragraph(sentences(40)));
    expect(wordCount(sooner)).toBe(120);
    expect(wordCount(teaser(doc(paragraph(sentences(40))), { words: 118 }))).toBe(115);
  });

  it.each(['.', '?', '!', '.”', '?”', '!”', '.’', '.)', '."'])(
    'knows a sentence that ends with %s',
    (stop) => {
      const cut = opening(paragraph(`${words(90)}${stop} The ${words(90, 'beyond')}`));
      expect(bodyText(cut)).toBe(words(90) + stop);
    },
  );

  it('ends with a whole sentence where the cut falls into words that are set apart', () => {
    const cut = opening(
      paragraph(`${words(100)}. Then came `, text(words(90), { type: 'italic' }), ' and more.'),
    );
    expect(bodyText(cut)).toBe(`${words(100)}.`);
  });

  it('leaves out a further paragraph of which no sentence fits', () => {
    const cut = opening(paragraph(`${words(100)}.`), paragraph(words(100)));
    expect(cut).toEqual(doc(paragraph(`${words(100)}.`)));
  });

  it('takes no abbreviation for the end of a sentence', () => {
    const cut = opening(paragraph(`${words(60)}. There, e.g. in ${words(90)}.`));
    expect(bodyText(cut)).toBe(`${words(60)}.`);
  });

  it('marks a sentence that is longer than itself as going on', () => {
    expect(bodyText(opening(paragraph(words(500))))).toBe(`${words(120)} …`);
  });

  it('shows no more of a text that is written without spaces', () => {
    const shown = bodyText(opening(...Array(50).fill(paragraph('雨'.repeat(400)))));
    expect(shown.length).toBeLessThan(2_000);
  });

  it('never holds a note, a picture or what stands beside the running text', () => {
    const cut = opening(
      picture({ caption: 'secret' }),
      paragraph('Rain', note('secret'), ' fell.'),
      { type: 'pullQuote', content: [text('secret')] },
      paragraph('It stopped.'),
      list('secret'),
      paragraph('secret'),
    );
    expect(cut).toEqual(doc(paragraph('Rain', ' fell.'), paragraph('It stopped.')));
    expect(JSON.stringify(cut)).not.toContain('secret');
  });

  it('never ends with a heading', () => {
    expect(opening(paragraph(words(120)), heading('Next'))).toEqual(doc(paragraph(words(120))));
    expect(opening(paragraph('One.'), heading('Two'), heading('Three'), list('x'))).toEqual(
      doc(paragraph('One.')),
    );
    expect(opening(heading('Alone'), list('x'))).toEqual(emptyBody());
    expect(opening(paragraph('One.'), heading('Two'), { type: 'paragraph' }, list('x'))).toEqual(
      doc(paragraph('One.')),
    );
  });

  it('never reaches past the opening, whatever the text opens with', () => {
    const openings: unknown[] = [
      poem(words(200)),
      turn(words(200)),
      list(words(200)),
      { type: 'blockquote', attrs: { source: '' }, content: [paragraph(words(200))] },
    ];
    for (const long of openings) {
      expect(bodyText(opening(long, paragraph('The end, told.')))).toBe('');
    }
    const epigraph = { type: 'blockquote', attrs: { source: '' }, content: [paragraph('Short.')] };
    expect(bodyText(opening(epigraph, paragraph('It begins.')))).toBe('It begins.');
  });

  it('is itself a text that can be stored, and leaves the whole one as it was', () => {
    const body = structuredClone(everything);
    const cut = teaser(body, { words: 5 });
    expect(parseBody(cut)).toEqual({ ok: true, value: cut });
    expect(body).toEqual(everything);
    const blank = doc({ type: 'paragraph' } as unknown as BlockNode);
    expect(parseBody(teaser(blank, { words: 5 })).ok).toBe(true);
  });
});
