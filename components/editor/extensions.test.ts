import { getSchema } from '@tiptap/core';
import type { MarkSpec, NodeSpec } from '@tiptap/pm/model';
import { EditorState } from '@tiptap/pm/state';
import { describe, expect, test } from 'vitest';
import { bodyExtensions } from '#components/editor/extensions.ts';
import { everyBlock } from '#components/editor/sample.fixture.ts';
import { attributeLengths } from '#components/editor/structure.ts';
import { parseBody } from '#lib/articles/body.ts';
import { markSpecs, nodeSpecs } from '#lib/articles/body-nodes.ts';

const schema = getSchema(bodyExtensions);

const defaults = (attrs: NodeSpec['attrs']) =>
  Object.fromEntries(Object.entries(attrs ?? {}).map(([name, spec]) => [name, spec.default]));

const nodeStructure = (spec: NodeSpec) => ({
  content: spec.content ?? '',
  group: spec.group ?? '',
  marks: spec.marks,
  inline: spec.inline ?? false,
  attrs: defaults(spec.attrs),
});

const markStructure = (spec: MarkSpec) => ({
  excludes: spec.excludes,
  inclusive: spec.inclusive ?? true,
  attrs: defaults(spec.attrs),
});

const mapped = <In, Out>(specs: Record<string, In>, change: (spec: In) => Out) =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, change(spec)]));

const specsOf = <Spec>(types: Record<string, { spec: Spec }>) => mapped(types, ({ spec }) => spec);

describe('the editor’s schema', () => {
  test('has the nodes of a stored text, with the same content, groups and attributes', () => {
    const own = mapped(specsOf<NodeSpec>(schema.nodes), (spec) => ({
      ...nodeStructure(spec),
      // Text is inline in every schema, said or not.
      ...(spec === schema.nodes.text?.spec && { inline: false }),
    }));
    expect(own).toEqual(mapped<NodeSpec, object>(nodeSpecs, nodeStructure));
  });

  test('has its marks, in the order in which a stored text has them', () => {
    const own = mapped(specsOf<MarkSpec>(schema.marks), markStructure);
    expect(own).toEqual(mapped<MarkSpec, object>(markSpecs, markStructure));
    expect(Object.keys(schema.marks)).toEqual(Object.keys(markSpecs));
  });

  test('checks attributes as the stored text is checked', () => {
    const checks = (attrs: NodeSpec['attrs']) =>
      Object.fromEntries(Object.entries(attrs ?? {}).map(([name, spec]) => [name, spec.validate]));
    for (const [name, spec] of Object.entries<NodeSpec>(nodeSpecs)) {
      expect(checks(schema.nodes[name]?.spec.attrs)).toEqual(checks(spec.attrs));
    }
    for (const [name, spec] of Object.entries<MarkSpec>(markSpecs)) {
      expect(checks(schema.marks[name]?.spec.attrs)).toEqual(checks(spec.attrs));
    }
  });

  test('begins a new block with a paragraph', () => {
    expect(schema.topNodeType.contentMatch.defaultType?.name).toBe('paragraph');
    expect(schema.topNodeType.createAndFill()?.toJSON()).toEqual({
      type: 'doc',
      content: [{ type: 'paragraph', attrs: { dropCap: false } }],
    });
  });
});

describe('a text with every block and mark', () => {
  const used = (key: 'nodes' | 'marks') => {
    const found = new Set<string>(key === 'nodes' ? ['doc'] : []);
    schema.nodeFromJSON(everyBlock).descendants((node) => {
      if (key === 'nodes') found.add(node.type.name);
      else for (const mark of node.marks) found.add(mark.type.name);
    });
    return [...found].sort();
  };

  test('holds them all', () => {
    expect(used('nodes')).toEqual(Object.keys(nodeSpecs).sort());
    expect(used('marks')).toEqual(Object.keys(markSpecs).sort());
  });

  test('comes out of the editor’s schema as it went in, and is taken by the server', () => {
    const state = EditorState.create({ schema, doc: schema.nodeFromJSON(everyBlock) });
    state.doc.check();
    const sent = JSON.parse(JSON.stringify(state.doc.toJSON()));
    expect(sent).toEqual(everyBlock);
    expect(parseBody(sent)).toEqual({ ok: true, value: everyBlock });
  });

  test('is drawn with the elements and classes that the page uses', () => {
    const drawn: Record<string, string> = {};
    schema.nodeFromJSON(everyBlock).descendants((node) => {
      const spec = node.type.spec.toDOM?.(node);
      if (Array.isArray(spec)) drawn[node.type.name] = outline(spec);
    });
    expect(drawn).toMatchObject({
      paragraph: 'p.drop-cap',
      heading: 'h3',
      blockquote: 'figure.quotation(blockquote figcaption)',
      pullQuote: 'aside.pull-quote(p)',
      picture: 'figure.picture.wide(img figcaption)',
      gallery: 'figure.gallery.wide(div(img img) figcaption)',
      poem: 'div.poem',
      stanza: 'p',
      verseLine: 'span.verse',
      interviewTurn: 'div.turn.turn-answer',
      table: 'section.table-box(table(caption tbody))',
      linkCard: 'aside.link-card(a p)',
      footnote: 'sup.note-mark',
    });
  });
});

test('the fields take as many characters as the schema lets through', () => {
  const limits: [keyof typeof nodeSpecs, string, number][] = [
    ['blockquote', 'source', attributeLengths.source],
    ['picture', 'alt', attributeLengths.alt],
    ['picture', 'caption', attributeLengths.caption],
    ['picture', 'credit', attributeLengths.credit],
    ['picture', 'licence', attributeLengths.licence],
    ['gallery', 'caption', attributeLengths.caption],
    ['interviewTurn', 'speaker', attributeLengths.speaker],
    ['table', 'caption', attributeLengths.tableCaption],
    ['linkCard', 'title', attributeLengths.cardTitle],
    ['linkCard', 'description', attributeLengths.cardDescription],
  ];
  for (const [name, attribute, length] of limits) {
    const spec: NodeSpec = nodeSpecs[name];
    const check = spec.attrs?.[attribute]?.validate as (value: unknown) => void;
    expect(() => check('x'.repeat(length))).not.toThrow();
    expect(() => check('x'.repeat(length + 1))).toThrow(RangeError);
  }
});

/** A drawing as a selector: the element, its classes, and the elements in it. */
function outline(spec: readonly unknown[]): string {
  const [tag, second, ...others] = spec;
  const attrs = isAttributes(second) ? second : {};
  const children = (isAttributes(second) ? others : [second, ...others]).filter(Array.isArray);
  const classes = String(attrs.class ?? '')
    .split(' ')
    .filter(Boolean);
  const inner = children.map((child) => outline(child)).join(' ');
  return [tag, ...classes].join('.') + (inner && `(${inner})`);
}

function isAttributes(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
