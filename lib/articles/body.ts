import { type Node, Schema } from '@tiptap/pm/model';
import {
  markSpecs,
  nodeSpecs,
  type pictureSizes,
  type turnKinds,
} from '#lib/articles/body-nodes.ts';
import { fail, ok, type Result } from '#lib/result.ts';

export type Mark =
  | { type: 'bold' | 'italic' | 'smallCaps' | 'subscript' | 'superscript' }
  | { type: 'link'; attrs: { href: string } };

export type TextNode = { type: 'text'; text: string; marks?: Mark[] };
export type InlineNode =
  | TextNode
  | { type: 'hardBreak' }
  | { type: 'footnote'; content?: TextNode[] };

type Inline = { content?: InlineNode[] };
export type Paragraph = { type: 'paragraph'; attrs: { dropCap: boolean } } & Inline;
export type ListItem = { type: 'listItem'; content: BlockNode[] };
export type TableRow = {
  type: 'tableRow';
  content: ({ type: 'tableHeader' | 'tableCell' } & Inline)[];
};
export type Stanza = { type: 'stanza'; content: ({ type: 'verseLine' } & Inline)[] };

export type BlockNode =
  | Paragraph
  | ({ type: 'heading'; attrs: { level: 2 | 3 } } & Inline)
  | { type: 'bulletList'; content: ListItem[] }
  | { type: 'orderedList'; attrs: { start: number }; content: ListItem[] }
  | { type: 'blockquote'; attrs: { source: string }; content: BlockNode[] }
  | ({ type: 'pullQuote' } & Inline)
  | {
      type: 'picture';
      attrs: {
        mediaId: string;
        alt: string;
        caption: string;
        credit: string;
        licence: string;
        width: (typeof pictureSizes)[number];
      };
    }
  | { type: 'gallery'; attrs: { mediaIds: string[]; caption: string } }
  | { type: 'poem'; content: Stanza[] }
  | {
      type: 'interviewTurn';
      attrs: { kind: (typeof turnKinds)[number]; speaker: string };
      content: Paragraph[];
    }
  | { type: 'table'; attrs: { caption: string }; content: TableRow[] }
  | { type: 'horizontalRule' }
  | { type: 'linkCard'; attrs: { url: string; title: string; description: string } }
  | { type: 'buyIssue' }
  | { type: 'subscribe' };

/** A text as it is stored: ProseMirror's JSON, every attribute present. */
export type BodyDocument = { type: 'doc'; content: BlockNode[] };

const schema = new Schema<keyof typeof nodeSpecs, keyof typeof markSpecs>({
  nodes: nodeSpecs,
  marks: markSpecs,
});

const maxCharacters = 2_000_000;
const maxDepth = 50;

/**
 * Takes a text from outside: the editor's JSON, an importer's. Refuses unknown nodes and marks, wrong attributes, links
 * that are not safe, more than 2 million characters of JSON, nesting over 50 levels, and characters that PostgreSQL
 * can't store. What comes back is canonical: attributes that the schema doesn't know are gone, missing ones have their
 * defaults.
 */
export function parseBody(json: unknown): Result<BodyDocument, 'invalid_body'> {
  if (!isPlain(json, maxDepth) || JSON.stringify(json).length > maxCharacters) {
    return fail('invalid_body', 'The text is too long, too deeply nested or not Unicode.');
  }
  try {
    const node = schema.nodeFromJSON(json);
    node.check();
    if (node.type !== schema.topNodeType || node.marks.length > 0)
      return fail('invalid_body', 'This is not a whole text.');
    return ok(toBody(node));
  } catch (error) {
    // ProseMirror answers every breach of the schema with a RangeError.
    if (!(error instanceof RangeError)) throw error;
    return fail('invalid_body', `The text holds something that can’t be printed: ${error.message}`);
  }
}

export function emptyBody(): BodyDocument {
  return { type: 'doc', content: [{ type: 'paragraph', attrs: { dropCap: false } }] };
}

/** The words alone, a line a block, notes included: for search and counting. */
export function bodyText(body: BodyDocument): string {
  let text = '';
  const add = (node: Node): void => {
    if (node.isText) text += node.text;
    else if (node.isInline) text += ' ';
    else if (node.isTextblock) text += '\n';
    node.forEach(add);
    if (node.isInline && !node.isText) text += ' ';
  };
  schema.nodeFromJSON(body).forEach(add);
  return text.trim();
}

export function wordCount(body: BodyDocument): number {
  return bodyText(body).match(/[\p{L}\p{M}\p{N}]+(?:['’\-.][\p{L}\p{M}\p{N}]+)*/gu)?.length ?? 0;
}

const wordsPerMinute = 230;

/** Whole minutes, at least one. */
export function readingMinutes(words: number): number {
  return Math.max(1, Math.round(words / wordsPerMinute));
}

/** The pictures that a text shows. */
export function mediaIdsIn(body: BodyDocument): string[] {
  const found = new Set<string>();
  schema.nodeFromJSON(body).descendants((node) => {
    if (node.type.name === 'picture') found.add(node.attrs.mediaId);
    if (node.type.name === 'gallery') for (const id of node.attrs.mediaIds) found.add(id);
  });
  found.delete('');
  return [...found];
}

/**
 * The opening of a text: whole paragraphs and headings from the start, no more than `words` words, the last paragraph
 * cut at the end of a sentence. Pictures, notes and whatever stands beside the running text stay behind the gate.
 */
export function teaser(body: BodyDocument, { words }: { words: number }): BodyDocument {
  const content: BlockNode[] = [];
  let left = words;
  for (const block of body.content) {
    if (left <= 0) break;
    if (block.type === 'picture' || block.type === 'pullQuote') continue;
    if (block.type !== 'paragraph' && block.type !== 'heading') {
      if (content.length > 0) break;
      // Left out, yet counted: what follows a long poem or interview is not an opening any more.
      left -= take(bodyText({ type: 'doc', content: [block] }), left).words;
      continue;
    }
    const { content: all = [], ...bare } = block;
    const inline = all.filter((node) => node.type !== 'footnote');
    const text = inline.map((node) => (node.type === 'text' ? node.text : '\n')).join('');
    const taken = take(text, left);
    const whole = taken.length === text.length;
    const kept = whole ? inline : cutInline(inline, text, taken.length, content.length > 0);
    content.push(kept.length > 0 ? { ...bare, content: kept } : bare);
    left -= taken.words;
  }
  while (content.length > 0 && !endsWell(content.at(-1))) content.pop();
  return content.length > 0 ? { type: 'doc', content } : emptyBody();
}

// They know words and sentences of scripts without spaces too. English: it has no rules of its own for either.
const wordsOf = new Intl.Segmenter('en', { granularity: 'word' });
const sentencesOf = new Intl.Segmenter('en', { granularity: 'sentence' });

/** How many words of a text there are, `most` at most, and how many characters they take with what follows them. */
function take(text: string, most: number): { words: number; length: number } {
  let words = 0;
  for (const { isWordLike, index } of wordsOf.segment(text)) {
    if (!isWordLike) continue;
    if (words === most) return { words, length: index };
    words += 1;
  }
  return { words, length: text.length };
}

/**
 * A paragraph's sentences that end within its first `length` characters. Where hardly one does, nothing, or, when the
 * teaser has no text yet, those characters and an ellipsis.
 */
function cutInline(
  nodes: InlineNode[],
  text: string,
  length: number,
  hasText: boolean,
): InlineNode[] {
  let end = 0;
  for (const { segment, index } of sentencesOf.segment(text)) {
    const next = index + segment.length;
    if (next > length) break;
    end = next;
  }
  if (hasText || end > length / 3) return firstCharacters(nodes, text.slice(0, end).trimEnd());
  return [...firstCharacters(nodes, text.slice(0, length).trimEnd()), { type: 'text', text: ' …' }];
}

function firstCharacters(nodes: InlineNode[], { length }: string): InlineNode[] {
  const kept: InlineNode[] = [];
  let left = length;
  for (const node of nodes) {
    if (left <= 0) break;
    kept.push(node.type === 'text' ? { ...node, text: node.text.slice(0, left) } : node);
    left -= node.type === 'text' ? node.text.length : 1;
  }
  return kept;
}

const endsWell = (block: BlockNode | undefined): boolean =>
  block?.type === 'paragraph' && block.content !== undefined;

function toBody(node: Node): BodyDocument {
  return node.toJSON() as BodyDocument;
}

/** JSON's own values only, nested no deeper than `depth`, texts of whole characters that PostgreSQL can store. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (value === null || ['number', 'boolean'].includes(typeof value)) return true;
  if (typeof value !== 'object' || depth === 0) return false;
  return Object.entries(value).every(
    ([key, inner]) => key !== '__proto__' && isPlain(inner, depth - 1),
  );
}
