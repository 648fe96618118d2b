import { toggleMark } from '@tiptap/pm/commands';
import type { Command, EditorState } from '@tiptap/pm/state';
import {
  insertBlock,
  insertFootnote,
  nodeType,
  setBlock,
  toggleDropCap,
  toggleList,
  toggleQuote,
  toggleTurn,
} from '#components/editor/commands.ts';
import {
  announce,
  openCard,
  openGallery,
  openLink,
  openPicture,
} from '#components/editor/events.ts';
import { togglePoem } from '#components/editor/poems.ts';
import { cellAround, insertTable } from '#components/editor/tables.ts';

export type BlockChoice = {
  name: string;
  group: string;
  /** Other words that it is looked for by. */
  words: string;
  /** What makes it while typing. */
  typed?: string;
  command: Command;
};

const insert =
  (name: string): Command =>
  (state, dispatch) =>
    insertBlock(nodeType(state, name).create())(state, dispatch);

/** Asks for what only a panel or a dialog can answer; possible where such a block may stand. */
const ask =
  (name: string, event: string): Command =>
  (state, dispatch, view) => {
    if (!insert(name)(state)) return false;
    return !dispatch || !view || announce(view, event);
  };

const link: Command = (_, dispatch, view) => !dispatch || !view || announce(view, openLink);

const mark =
  (name: string): Command =>
  (state, dispatch) => {
    const type = state.schema.marks[name];
    return Boolean(type && toggleMark(type)(state, dispatch));
  };

/** What can be put into a text, in the order of the menu that “/” opens. */
const choices: BlockChoice[] = [
  text('Paragraph', 'plain body', undefined, setBlock('paragraph', { dropCap: false })),
  text('Heading', 'h2 title crosshead', '##', setBlock('heading', { level: 2 })),
  text('Subheading', 'h3 title', '###', setBlock('heading', { level: 3 })),
  text('Bullet list', 'unordered ul points', '-', toggleList('bulletList')),
  text('Numbered list', 'ordered ol', '1.', toggleList('orderedList')),
  text('Drop cap', 'initial first letter', undefined, toggleDropCap),
  {
    group: 'Quotations and voices',
    name: 'Quote',
    words: 'blockquote quotation source citation',
    typed: '>',
    command: toggleQuote,
  },
  voice('Pull quote', 'callout pullquote', setBlock('pullQuote')),
  voice('Poem', 'verse line stanza lyric', togglePoem),
  voice('Question', 'interview speaker', toggleTurn('question')),
  voice('Answer', 'interview speaker', toggleTurn('answer')),
  more('Picture', 'image photo illustration upload', ask('picture', openPicture)),
  more('Gallery', 'images photos pictures slideshow', ask('gallery', openGallery)),
  more('Link card', 'embed video audio youtube bookmark', ask('linkCard', openCard)),
  more('Table', 'rows columns grid', (state, dispatch) =>
    cellAround(state) ? false : insertTable(state, dispatch),
  ),
  { ...more('Break', 'separator rule line hr', insert('horizontalRule')), typed: '---' },
  more('Buy this issue', 'shop sell single', insert('buyIssue')),
  more('Subscribe', 'shop subscription plan', insert('subscribe')),
  { ...inline('Footnote', 'note endnote', insertFootnote), typed: '[^note]' },
  { ...inline('Link', 'address url href', link), typed: '[text](address)' },
  { ...inline('Bold', 'strong', mark('bold')), typed: '**bold**' },
  { ...inline('Italic', 'emphasis', mark('italic')), typed: '*italic*' },
  inline('Small caps', 'capitals', mark('smallCaps')),
  inline('Subscript', 'index below', mark('subscript')),
  inline('Superscript', 'power above', mark('superscript')),
];

/** What may be put where the cursor is and is called by words that begin as `query`; by name first. */
export function choicesFor(state: EditorState, query: string): BlockChoice[] {
  const wanted = query.toLowerCase();
  const begins = (words: string) =>
    words
      .toLowerCase()
      .split(' ')
      .some((word) => word.startsWith(wanted));
  return choices.filter(
    ({ name, words, command }) => (begins(name) || begins(words)) && command(state),
  );
}

function text(name: string, words: string, typed: string | undefined, command: Command) {
  return { group: 'Text', name, words, ...(typed && { typed }), command };
}

function voice(name: string, words: string, command: Command): BlockChoice {
  return { group: 'Quotations and voices', name, words, command };
}

function more(name: string, words: string, command: Command): BlockChoice {
  return { group: 'Pictures, tables, shop', name, words, command };
}

function inline(name: string, words: string, command: Command): BlockChoice {
  return { group: 'In the line', name, words, command };
}
