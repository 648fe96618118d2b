'use client';

import {
  insertFootnote,
  liftItem,
  setBlock,
  sinkItem,
  toggleDropCap,
  toggleList,
  toggleQuote,
  toggleTurn,
} from '#components/editor/commands.ts';
import { togglePoem } from '#components/editor/poems.ts';
import {
  addColumn,
  addRow,
  insertTable,
  removeColumn,
  removeRow,
  removeTable,
  toggleHeaderRow,
} from '#components/editor/tables.ts';
import { Tool } from '#components/editor/tool.tsx';
import type { ToolProps } from '#components/editor/toolbar.tsx';

/** Lists, quotations and notes, which most articles have. */
export function FrequentTools({ state, act }: ToolProps) {
  return (
    <>
      <Tool
        label="Bullet list"
        pressed={state.list === 'bulletList'}
        onPress={act(toggleList('bulletList'))}
      >
        •
      </Tool>
      <Tool
        label="Numbered list"
        pressed={state.list === 'orderedList'}
        onPress={act(toggleList('orderedList'))}
      >
        1.
      </Tool>
      <Tool label="Quote" pressed={state.quote} onPress={act(toggleQuote)} />
      <Tool label="Footnote" disabled={!state.text} onPress={act(insertFootnote)} />
    </>
  );
}

/** Pull quotes, drop caps, poems, interviews and tables: what is made of the text under the cursor, or put in. */
export function BlockTools({ state, act }: ToolProps) {
  return (
    <>
      <Tool
        label="Pull quote"
        pressed={state.pullQuote}
        disabled={!state.pullQuotable}
        onPress={act(setBlock(state.pullQuote ? 'paragraph' : 'pullQuote'))}
      />
      <Tool
        label="Drop cap"
        pressed={state.dropCap}
        disabled={!state.paragraph}
        onPress={act(toggleDropCap)}
      />
      <Tool label="Poem" pressed={state.poem} onPress={act(togglePoem)} />
      <Tool
        label="Question"
        pressed={state.turn === 'question'}
        onPress={act(toggleTurn('question'))}
      />
      <Tool label="Answer" pressed={state.turn === 'answer'} onPress={act(toggleTurn('answer'))} />
      <Tool label="Table" disabled={state.cell} onPress={act(insertTable)} />
    </>
  );
}

/** Shown while the cursor is in a list. */
export function ListTools({ act }: Pick<ToolProps, 'act'>) {
  return (
    <div className="editor-context">
      <Tool label="Further in" hint="Tab" onPress={act(sinkItem)} />
      <Tool label="Further out" hint="Shift+Tab" onPress={act(liftItem)} />
    </div>
  );
}

/** Shown while the cursor is in a table. */
export function TableTools({ state, act }: ToolProps) {
  return (
    <div className="editor-context">
      <Tool label="Add row" onPress={act(addRow)} />
      <Tool label="Remove row" onPress={act(removeRow)} />
      <Tool label="Add column" onPress={act(addColumn)} />
      <Tool label="Remove column" onPress={act(removeColumn)} />
      <Tool label="Header row" pressed={state.headerRow} onPress={act(toggleHeaderRow)} />
      <Tool label="Remove table" onPress={act(removeTable)} />
    </div>
  );
}
