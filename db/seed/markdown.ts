import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { BodyDocument } from '#lib/articles/body.ts';
import { parseBody } from '#lib/articles/body.ts';

/** A node of the Markdown tree, as far as it is looked at here. */
type Node = {
  type: string;
  children?: Node[];
  value?: string;
  depth?: number;
  ordered?: boolean;
  start?: number | null;
  url?: string;
  identifier?: string;
  name?: string;
  attributes?: Record<string, string | null | undefined> | null;
  position?: { start: { offset?: number }; end: { offset?: number } };
};

type Json = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: Json[];
  text?: string;
  marks?: Json[];
};

type Context = {
  source: string;
  notes: Map<string, Node>;
  mediaId: (name: string, alt: string) => string;
};

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkDirective);

/**
 * Turns the demo's Markdown, with GFM's tables and footnotes and the directives of `db/seed/content`, into a text.
 * `mediaId` answers the stored picture of a drawing's name. Throws on whatever the text's schema doesn't know, since the
 * demo's texts are ours.
 */
export function markdownToBody(
  source: string,
  { mediaId, dropCap }: { mediaId: Context['mediaId']; dropCap: boolean },
): BodyDocument {
  const tree = parser.parse(source) as Node;
  const notes = new Map<string, Node>();
  for (const node of tree.children ?? []) {
    if (node.type === 'footnoteDefinition') notes.set(node.identifier ?? '', node);
  }
  const content = blocks(tree.children, { source, notes, mediaId });
  const first = content[0];
  if (dropCap && first?.type === 'paragraph') first.attrs = { dropCap: true };
  const parsed = parseBody({ type: 'doc', content });
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

function blocks(nodes: Node[] = [], context: Context): Json[] {
  return nodes.flatMap((node) => block(node, context));
}

function block(node: Node, context: Context): Json[] {
  const inner = () => inline(node.children, context);
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', content: inner() }];
    case 'heading':
      return [{ type: 'heading', attrs: { level: node.depth === 2 ? 2 : 3 }, content: inner() }];
    case 'list':
      return [
        {
          type: node.ordered ? 'orderedList' : 'bulletList',
          ...(node.ordered ? { attrs: { start: node.start ?? 1 } } : {}),
          content: (node.children ?? []).map((item) => ({
            type: 'listItem',
            content: blocks(item.children, context),
          })),
        },
      ];
    case 'blockquote':
      return [quotation(node, context)];
    case 'thematicBreak':
      return [{ type: 'horizontalRule' }];
    case 'table':
      return [table(node, context)];
    case 'footnoteDefinition':
      return [];
    case 'containerDirective':
    case 'leafDirective':
      return [directive(node, context)];
    default:
      throw new Error(
        `The text can’t hold a ${node.type}: ${original(node, context).slice(0, 80)}`,
      );
  }
}

/** A last line that begins with a dash names the source. */
function quotation(node: Node, context: Context): Json {
  const content = blocks(node.children, context);
  const last = content.at(-1)?.content ?? [];
  const at = last.findLastIndex(({ text }) => text !== undefined && /(^|\s)[—–] \S/.test(text));
  const found = last[at]?.text?.match(/^([\s\S]*?)(?:^|\s)[—–] (\S[^—]*)$/);
  if (!found) return { type: 'blockquote', content };
  const rest = last.slice(at + 1).map(({ text }) => text ?? '');
  const before = found[1]?.trimEnd();
  const kept = [
    ...last.slice(0, at),
    ...(before ? [{ ...last[at], type: 'text', text: before }] : []),
  ];
  if (kept.length === 0) content.pop();
  else content.splice(-1, 1, { type: 'paragraph', content: kept });
  return { type: 'blockquote', attrs: { source: `${found[2]}${rest.join('')}`.trim() }, content };
}

function table(node: Node, context: Context): Json {
  return {
    type: 'table',
    content: (node.children ?? []).map((row, index) => ({
      type: 'tableRow',
      content: (row.children ?? []).map((cell) => ({
        type: index === 0 ? 'tableHeader' : 'tableCell',
        content: inline(cell.children, context),
      })),
    })),
  };
}

function directive(node: Node, context: Context): Json {
  const given = node.attributes ?? {};
  const text = (name: string) => given[name] ?? '';
  const content = () => blocks(node.children, context);
  switch (node.name) {
    case 'pull-quote':
      return {
        type: 'pullQuote',
        content: content().flatMap((paragraph) => paragraph.content ?? []),
      };
    case 'picture':
      return {
        type: 'picture',
        attrs: {
          mediaId: context.mediaId(text('name'), text('alt')),
          alt: text('alt'),
          caption: text('caption'),
          credit: text('credit'),
          licence: text('licence'),
          width: text('width') || 'text',
        },
      };
    case 'poem':
      return {
        type: 'poem',
        content: (node.children ?? []).map((stanza) => verses(stanza, context)),
      };
    case 'question':
    case 'answer':
      return {
        type: 'interviewTurn',
        attrs: { kind: node.name, speaker: text('speaker') },
        content: content(),
      };
    case 'link-card':
      return {
        type: 'linkCard',
        attrs: { url: text('url'), title: text('title'), description: text('description') },
      };
    case 'buy-issue':
      return { type: 'buyIssue' };
    case 'subscribe':
      return { type: 'subscribe' };
    default:
      throw new Error(`There is no directive ${node.name}`);
  }
}

/** A stanza's lines, which Markdown gives as one paragraph with line ends in it. */
function verses(stanza: Node, context: Context): Json {
  const lines: Json[][] = [[]];
  for (const node of inline(stanza.children, context, { keepLineEnds: true })) {
    const parts = node.text?.split('\n') ?? [];
    if (node.type !== 'text') lines.at(-1)?.push(node);
    parts.forEach((text, index) => {
      if (index > 0) lines.push([]);
      if (text) lines.at(-1)?.push({ ...node, text });
    });
  }
  return { type: 'stanza', content: lines.map((content) => ({ type: 'verseLine', content })) };
}

function inline(
  nodes: Node[] = [],
  context: Context,
  { marks = [], keepLineEnds = false }: { marks?: Json[]; keepLineEnds?: boolean } = {},
): Json[] {
  const within = (node: Node, mark: Json) =>
    inline(node.children, context, { marks: [...marks, mark], keepLineEnds });
  const words = (value: string): Json[] =>
    value
      ? [{ type: 'text', text: keepLineEnds ? value : value.replace(/\s*\n\s*/g, ' '), marks }]
      : [];
  return nodes.flatMap((node): Json[] => {
    switch (node.type) {
      case 'text':
        return words(node.value ?? '');
      case 'emphasis':
        return within(node, { type: 'italic' });
      case 'strong':
        return within(node, { type: 'bold' });
      case 'link':
        return within(node, { type: 'link', attrs: { href: node.url } });
      case 'break':
        return keepLineEnds ? words('\n') : [{ type: 'hardBreak' }];
      case 'footnoteReference':
        return [footnote(node.identifier ?? '', context)];
      case 'textDirective':
        // A colon before a word reads like a directive; all but small capitals is plain text.
        if (node.name === 'sc') return within(node, { type: 'smallCaps' });
        return words(original(node, context));
      default:
        throw new Error(
          `The text can’t hold a ${node.type}: ${original(node, context).slice(0, 80)}`,
        );
    }
  });
}

function footnote(identifier: string, context: Context): Json {
  const definition = context.notes.get(identifier);
  if (!definition) throw new Error(`The note ${identifier} is missing`);
  const content = blocks(definition.children, context).flatMap(
    (paragraph) => paragraph.content ?? [],
  );
  return { type: 'footnote', content: content.filter(({ type }) => type === 'text') };
}

function original({ position }: Node, { source }: Context): string {
  return source.slice(position?.start.offset, position?.end.offset);
}
