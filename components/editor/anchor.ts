import type { Node } from '@tiptap/pm/model';

/** The words that a comment is about, and what stood before and after them. */
export type Anchor = { quote: string; before: string; after: string };

export type Range = { from: number; to: number };

/** How many characters on each side are kept to tell two places with the same words apart. */
const contextLength = 60;
const longestQuote = 1_000;

/** What a comment on this selection is tied to; `null` where it holds no words. */
export function anchorOf(doc: Node, { from, to }: Range): Anchor | null {
  const { text, positions } = flatten(doc);
  const start = positions.findIndex((pos) => pos >= from);
  const past = positions.findIndex((pos) => pos >= to);
  const end = past < 0 ? text.length : past;
  if (start < 0 || !/[\p{L}\p{N}]/u.test(text.slice(start, end))) return null;
  const stop = Math.min(end, start + longestQuote);
  return {
    quote: wellFormed(text.slice(start, stop)),
    before: wellFormed(text.slice(Math.max(0, start - contextLength), start)),
    after: wellFormed(text.slice(stop, stop + contextLength)),
  };
}

/** A text as one line of characters, and where in the document each of them stands. */
export type FlatText = { text: string; positions: number[] };

export function flatten(doc: Node): FlatText {
  let text = '';
  const positions: number[] = [];
  const add = (part: string, at: number) => {
    for (let index = 0; index < part.length; index += 1) positions.push(at + index);
    text += part;
  };
  doc.descendants((node, pos) => {
    if (node.isText) add(node.text ?? '', pos);
    else if (node.isTextblock && text !== '') add('\n', pos);
    else if (node.isLeaf && node.isInline) add('\uFFFC', pos);
  });
  return { text, positions };
}

/**
 * Finds the words of an anchor in a text that has changed since: the same words where most of what stood around them
 * still does; else what now stands between the words before and those after, if it is still alike. `null`: they are gone.
 */
export function findAnchor(flat: FlatText, anchor: Anchor): Range | null {
  const found = sameWords(flat.text, anchor) ?? changedWords(flat.text, anchor);
  if (!found) return null;
  const from = flat.positions[found.start];
  const last = flat.positions[found.end - 1];
  return from === undefined || last === undefined ? null : { from, to: last + 1 };
}

type Span = { start: number; end: number };

function sameWords(text: string, { quote, before, after }: Anchor): Span | null {
  let best: (Span & { score: number }) | null = null;
  for (let start = text.indexOf(quote); start >= 0; start = text.indexOf(quote, start + 1)) {
    const end = start + quote.length;
    const score =
      sharedEnd(text.slice(Math.max(0, start - contextLength), start), before) +
      sharedStart(text.slice(end, end + contextLength), after);
    if (!best || score > best.score) best = { start, end, score };
  }
  if (!best) return null;
  // A word or two stand anywhere: alone, without anything that stood around them, they are others.
  const bound = before.length + after.length > 0 && quote.length < 12;
  return bound && best.score < 3 ? null : best;
}

/** How much of the context has to be there still, at the least, to look between it. */
const shortestContext = 8;

function changedWords(text: string, { quote, before, after }: Anchor): Span | null {
  const longest = quote.length * 2 + 80;
  for (const length of [40, 24, 14, shortestContext]) {
    const lead = before.slice(-length);
    const tail = after.slice(0, length);
    if (lead.length < shortestContext && before.length >= shortestContext) continue;
    for (const start of lead ? endsOf(text, lead) : [0]) {
      const end = tail ? text.indexOf(tail, start) : text.length;
      if (end <= start || end - start > longest) continue;
      if (likeness(text.slice(start, end), quote) >= 0.4) return { start, end };
    }
  }
  return null;
}

/** Where each occurrence of `part` ends. */
function endsOf(text: string, part: string): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    ends.push(at + part.length);
  }
  return ends;
}

function sharedEnd(a: string, b: string): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a.at(-1 - count) === b.at(-1 - count)) count += 1;
  return count;
}

function sharedStart(a: string, b: string): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a[count] === b[count]) count += 1;
  return count;
}

/** How alike two texts are, from 0 to 1, by the pairs of characters that they share (Dice's coefficient). */
function likeness(a: string, b: string): number {
  const pairs = new Map<string, number>();
  for (let at = 0; at < a.length - 1; at += 1) {
    const pair = a.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let at = 0; at < b.length - 1; at += 1) {
    const left = pairs.get(b.slice(at, at + 2)) ?? 0;
    if (left > 0) shared += 1;
    pairs.set(b.slice(at, at + 2), left - 1);
  }
  return a.length + b.length > 2 ? (2 * shared) / (a.length + b.length - 2) : Number(a === b);
}

/** A cut may have parted a character that is two units long. */
function wellFormed(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}
