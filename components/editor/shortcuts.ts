import { Extension, InputRule } from '@tiptap/core';
import { addressFrom } from '#components/editor/address.ts';
import { nodeType } from '#components/editor/commands.ts';
import { quotesOf } from '#components/editor/quotes.ts';

/** `[text](address)` becomes a link and `[^words]` a footnote, as Markdown writes them; straight quotes become the language's. */
export const Shortcuts = Extension.create({
  name: 'shortcuts',
  addInputRules() {
    const { editor } = this;
    const language = () => editor.view.dom.closest<HTMLElement>('[lang]')?.lang ?? '';
    return [
      new InputRule({
        find: /(?<!!)\[([^[\]^][^[\]]*)\]\(([^()\s]+)\)$/,
        handler: ({ state, range, match: [, text = '', typed = ''] }) => {
          const href = addressFrom(typed);
          const link = href && state.schema.marks.link?.create({ href });
          if (!link) return null;
          const words = state.schema.text(
            text,
            link.addToSet(state.doc.resolve(range.from).marks()),
          );
          state.tr.replaceWith(range.from, range.to, words).removeStoredMark(link);
        },
      }),
      new InputRule({
        find: /\[\^([^[\]]+)\]$/,
        handler: ({ state, range, match: [, words = ''] }) => {
          const text = words.trim();
          if (!text) return null;
          const note = nodeType(state, 'footnote').create(null, state.schema.text(text));
          state.tr.replaceWith(range.from, range.to, note);
        },
      }),
      ...(['"', "'"] as const).map(
        (straight) =>
          new InputRule({
            find: new RegExp(`(^|.)${straight}$`, 'su'),
            handler: ({ state, range, match: [, before = ''] }) => {
              const quote = quotesOf(language(), straight, before);
              if (!quote) return null;
              state.tr.insertText(before + quote, range.from, range.to);
            },
          }),
      ),
    ];
  },
});
