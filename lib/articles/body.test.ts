import { describe, expect, it } from 'vitest';
import {
  doc,
  everything,
  heading,
  link,
  list,
  note,
  paragraph,
  picture,
  text,
  turn,
} from './body.fixture.ts';
import { parseBody } from './body.ts';

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
