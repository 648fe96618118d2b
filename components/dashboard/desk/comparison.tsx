import type { Compared, ComparedBlock, Piece } from '#components/dashboard/desk/replies.ts';

/** Unchanged paragraphs that are shown on either side of a change. */
const around = 1;

/** What differs between two texts, word by word: what went is struck through, what came is underlined. */
export function Comparison({ comparison: { heads, blocks } }: { comparison: Compared }) {
  return (
    <div className="font-serif text-[1.05rem] leading-relaxed">
      {heads.length > 0 && (
        <dl className="mb-6 grid gap-x-6 gap-y-1 border-b border-rule pb-6 sm:grid-cols-[8rem_minmax(0,1fr)]">
          {heads.map(({ name, pieces }) => (
            <div key={name} className="contents">
              <dt className="font-sans text-[0.9rem] text-muted">{name}</dt>
              <dd className="min-w-0 wrap-anywhere max-sm:mb-2">
                <Pieces pieces={pieces} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {folded(blocks).map((part, index) =>
        typeof part === 'number' ? (
          <p key={index} className="my-3 font-sans text-[0.85rem] text-muted">
            {part === 1 ? '1 paragraph' : `${part} paragraphs`} without a change
          </p>
        ) : (
          <Block key={index} block={part} />
        ),
      )}
    </div>
  );
}

const notes = {
  same: null,
  changed: null,
  added: 'added',
  removed: 'removed',
  restyled: 'set otherwise',
} as const;

function Block({ block: { kind, label, pieces } }: { block: ComparedBlock }) {
  const note = [label, notes[kind]].filter(Boolean).join(', ');
  return (
    <div
      className={`my-3 max-w-[66ch] border-l-2 pl-3 ${kind === 'same' ? 'border-transparent' : 'border-accent'}`}
    >
      {note && <p className="font-sans text-[0.8rem] text-muted">{note}</p>}
      <p className="whitespace-pre-line wrap-anywhere">
        <Pieces pieces={pieces} />
      </p>
    </div>
  );
}

function Pieces({ pieces }: { pieces: Piece[] }) {
  return pieces.map((piece, index) => <Words key={index} piece={piece} />);
}

function Words({ piece: { kind, text } }: { piece: Piece }) {
  switch (kind) {
    case 'same':
      return text;
    case 'added':
      return (
        <ins className="bg-raised font-semibold underline decoration-2 underline-offset-2">
          <span className="sr-only">[added: </span>
          {text}
          <span className="sr-only">]</span>
        </ins>
      );
    case 'removed':
      return (
        <del className="text-muted line-through decoration-accent decoration-2">
          <span className="sr-only">[removed: </span>
          {text}
          <span className="sr-only">]</span>
        </del>
      );
  }
}

/** The blocks, with a number in place of unchanged ones that are far from any change. */
function folded(blocks: ComparedBlock[]): (ComparedBlock | number)[] {
  const near = (index: number) =>
    blocks
      .slice(Math.max(0, index - around), index + around + 1)
      .some(({ kind }) => kind !== 'same');
  const parts: (ComparedBlock | number)[] = [];
  blocks.forEach((block, index) => {
    const last = parts.at(-1);
    if (near(index)) parts.push(block);
    else if (typeof last === 'number') parts[parts.length - 1] = last + 1;
    else parts.push(1);
  });
  return parts;
}
