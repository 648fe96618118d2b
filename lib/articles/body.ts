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
 * that are not safe, more than 2 million characters of JSON and nesting over 50 levels. What comes back is canonical:
 * attributes that the schema doesn't know are gone, missing ones have their defaults.
 */
export function parseBody(json: unknown): Result<BodyDocument, 'invalid_body'> {
  if (!isPlain(json, maxDepth) || JSON.stringify(json).length > maxCharacters) {
    return fail('invalid_body', 'The text is too long or too deeply nested.');
  }
  try {
    const node = schema.nodeFromJSON(json);
    node.check();
    if (node.type !== schema.topNodeType) return fail('invalid_body', 'This is not a whole text.');
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
  schema.nodeFromJSON(body).descendants((node) => {
    if (node.isText) text += node.text;
    else if (node.isTextblock && !node.isInline) text += '\n';
    else text += ' ';
  });
  return text.trim();
}

export function wordCount(body: BodyDocument): number {
  return bodyText(body).match(/[\p{L}\p{N}]+(?:['’\-.][\p{L}\p{N}]+)*/gu)?.length ?? 0;
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
 * The opening of a text, about `words` words long: whole paragraphs and headings from the start, the last one cut at the
 * end of a sentence. Pictures, notes and whatever stands beside the running text stay behind the gate.
 */
export function teaser(body: BodyDocument, { words }: { words: number }): BodyDocument {
  const content: BlockNode[] = [];
  let left = words;
  for (const block of body.content) {
    if (left <= 0) break;
    if (block.type !== 'paragraph' && block.type !== 'heading') {
      if (content.length > 0 && block.type !== 'picture' && block.type !== 'pullQuote') break;
      continue;
    }
    const inline = cutInline(block.content ?? [], left);
    content.push({ ...block, content: inline.nodes });
    left -= inline.words;
    if (inline.cut) break;
  }
  if (content.at(-1)?.type === 'heading') content.pop();
  return content.length > 0 ? { type: 'doc', content } : emptyBody();
}

function cutInline(
  nodes: InlineNode[],
  words: number,
): { nodes: InlineNode[]; words: number; cut: boolean } {
  const kept: InlineNode[] = [];
  let count = 0;
  for (const node of nodes) {
    if (node.type === 'footnote') continue;
    if (node.type === 'hardBreak') {
      kept.push(node);
      continue;
    }
    const length = node.text.split(/\s+/).filter(Boolean).length;
    if (count + length > words) {
      const text = openingOf(node.text, words - count);
      if (text) kept.push({ ...node, text });
      return { nodes: kept, words: words, cut: true };
    }
    kept.push(node);
    count += length;
  }
  return { nodes: kept, words: count, cut: false };
}

/** The sentences that end within the first `words` words; where none does, those words and an ellipsis. */
function openingOf(text: string, words: number): string {
  const within = text
    .split(/(?<=\s)/)
    .slice(0, Math.max(words, 1))
    .join('');
  const end = Math.max(
    ...['. ', '? ', '! ', '.” ', '?” '].map((stop) => within.lastIndexOf(stop) + stop.length - 1),
  );
  if (end > within.length / 3) return within.slice(0, end).trimEnd();
  return `${within.trimEnd()} …`;
}

function toBody(node: Node): BodyDocument {
  return node.toJSON() as BodyDocument;
}

/** JSON's own values only, nested no deeper than `depth`. */
function isPlain(value: unknown, depth: number): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (typeof value !== 'object' || depth === 0) return false;
  return Object.entries(value).every(
    ([key, inner]) => key !== '__proto__' && isPlain(inner, depth - 1),
  );
}
