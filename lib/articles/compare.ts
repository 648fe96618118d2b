import { isDeepStrictEqual } from 'node:util';
import { diffArrays, diffWordsWithSpace } from 'diff';
import { type BlockNode, type BodyDocument, bodyText } from '#lib/articles/body.ts';

export type Piece = { kind: 'same' | 'added' | 'removed'; text: string };

/** A block of the text. `restyled`: the same words, set otherwise. `label` names what is more than a paragraph. */
export type ComparedBlock = {
  kind: 'same' | 'changed' | 'added' | 'removed' | 'restyled';
  label: string | null;
  pieces: Piece[];
};

/** What differs between two texts, word by word. `heads` names only those lines around the text that do. */
export type Comparison = { heads: { name: string; pieces: Piece[] }[]; blocks: ComparedBlock[] };

export type Comparable = {
  title: string;
  kicker: string;
  standfirst: string;
  body: BodyDocument;
  access: string;
  section: string | null;
  bylines: { name: string; role: string }[];
};

export function compareTexts(before: Comparable, after: Comparable): Comparison {
  const lines: [name: string, line: (text: Comparable) => string][] = [
    ['Title', (text) => text.title],
    ['Kicker', (text) => text.kicker],
    ['Standfirst', (text) => text.standfirst],
    ['Section', (text) => text.section ?? ''],
    ['Access', (text) => text.access],
    ['Bylines', (text) => text.bylines.map(({ name, role }) => `${name} (${role})`).join(', ')],
  ];
  return {
    heads: lines
      .filter(([, line]) => line(before) !== line(after))
      .map(([name, line]) => ({ name, pieces: compareWords(line(before), line(after)) })),
    blocks: compareBlocks(before.body.content.map(toUnit), after.body.content.map(toUnit)),
  };
}

/** Whether nothing at all differs. */
export function isSame({ heads, blocks }: Comparison): boolean {
  return heads.length === 0 && blocks.every(({ kind }) => kind === 'same');
}

type Unit = { label: string | null; text: string; node: BlockNode };

function compareBlocks(before: Unit[], after: Unit[]): ComparedBlock[] {
  const runs = diffArrays(before, after, {
    comparator: (left, right) => left.text === right.text && left.label === right.label,
  });
  const blocks: ComparedBlock[] = [];
  // Runs that stay are the later text's; where one stood in the earlier is counted along, to see what was set otherwise.
  let position = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index];
    if (!run) continue;
    const next = runs[index + 1];
    if (!run.added && !run.removed) {
      blocks.push(...run.value.map((unit, step) => unchanged(before[position + step], unit)));
      position += run.value.length;
    } else if (run.removed && next?.added) {
      blocks.push(...replaced(run.value, next.value));
      position += run.value.length;
      index += 1;
    } else {
      blocks.push(...run.value.map((unit) => whole(unit, run.added ? 'added' : 'removed')));
      if (run.removed) position += run.value.length;
    }
  }
  return blocks;
}

function unchanged(before: Unit | undefined, after: Unit): ComparedBlock {
  const same = before === undefined || isDeepStrictEqual(before.node, after.node);
  const pieces: Piece[] = [{ kind: 'same', text: after.text }];
  return { kind: same ? 'same' : 'restyled', label: after.label, pieces };
}

/** Blocks that stand where others stood: in pairs as far as they have words in common. */
function replaced(before: Unit[], after: Unit[]): ComparedBlock[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
    const [old, now] = [before[index], after[index]];
    if (!old || !now) return [old && whole(old, 'removed'), now && whole(now, 'added')];
    const pieces = compareWords(old.text, now.text);
    if (old.label === now.label && keeps(pieces, old.text, now.text)) {
      return [{ kind: 'changed' as const, label: now.label, pieces }];
    }
    return [whole(old, 'removed'), whole(now, 'added')];
  })
    .flat()
    .filter((block) => block !== undefined);
}

const keeps = (pieces: Piece[], before: string, after: string): boolean => {
  const kept = pieces
    .filter(({ kind }) => kind === 'same')
    .reduce((sum, p) => sum + p.text.length, 0);
  return kept > Math.min(before.length, after.length) / 4;
};

function whole(unit: Unit, kind: 'added' | 'removed'): ComparedBlock {
  return { kind, label: unit.label, pieces: [{ kind, text: unit.text }] };
}

/** After so long, in milliseconds, a paragraph is shown as replaced: nobody waits for a finer answer. */
const timeout = 200;

function compareWords(before: string, after: string): Piece[] {
  const parts = diffWordsWithSpace(before, after, { timeout }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  return parts
    .filter(({ value }) => value !== '')
    .map(({ value, added, removed }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    }));
}

function toUnit(node: BlockNode): Unit {
  const text = bodyText({ type: 'doc', content: [node] });
  switch (node.type) {
    case 'paragraph':
      return { label: null, text, node };
    case 'picture': {
      const { alt, caption, credit } = node.attrs;
      return { label: 'Picture', text: [alt, caption, credit].filter(Boolean).join(' · '), node };
    }
    case 'gallery':
      return {
        label: 'Gallery',
        text: `${node.attrs.mediaIds.length} pictures ${node.attrs.caption}`.trim(),
        node,
      };
    case 'linkCard':
      return { label: 'Link', text: `${node.attrs.title} ${node.attrs.url}`.trim(), node };
    case 'blockquote':
      return { label: labels.blockquote, text: `${text}\n${node.attrs.source}`.trim(), node };
    case 'interviewTurn':
      return { label: labels.interviewTurn, text: `${node.attrs.speaker}\n${text}`.trim(), node };
    default:
      return { label: labels[node.type] ?? node.type, text, node };
  }
}

const labels = {
  heading: 'Heading',
  bulletList: 'List',
  orderedList: 'Numbered list',
  blockquote: 'Quotation',
  pullQuote: 'Pull quotation',
  poem: 'Poem',
  interviewTurn: 'Interview',
  table: 'Table',
  horizontalRule: 'Separator',
  buyIssue: 'Buy this issue',
  subscribe: 'Subscribe',
} as const;
