import { shift } from '@floating-ui/dom';
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { exitSuggestion, Suggestion, type SuggestionProps } from '@tiptap/suggestion';
import { type BlockChoice, choicesFor } from '#components/editor/blocks.ts';
import { run } from '#components/editor/keys.ts';
import { SlashList } from '#components/editor/slash-list.ts';

const key = new PluginKey('slash-menu');

/** “/” at the start of a word opens the menu of blocks; what is typed next filters it, Escape leaves the text as typed. */
export const SlashMenu = Extension.create({
  name: 'slash-menu',
  // Its Enter and arrow keys come before those of the blocks.
  priority: 2_000,
  addProseMirrorPlugins() {
    const { editor } = this;
    const suggestion = Suggestion<BlockChoice, BlockChoice>({
      editor,
      pluginKey: key,
      char: '/',
      decorationClass: 'slash-query',
      // Within the page's landmark, so that who goes by these finds it.
      container: 'main',
      allowedPrefixes: [' ', '\u00a0'],
      floatingUi: { strategy: 'fixed', middleware: [shift({ padding: 8 })] },
      items: ({ query }) => choicesFor(editor.state, query),
      command: ({ range, props: { command } }) => {
        editor.view.dispatch(editor.state.tr.delete(range.from, range.to));
        run(editor, command);
      },
      render: drawn,
    });
    const leave = new Plugin({
      props: {
        handleDOMEvents: {
          blur: (view) => {
            if (key.getState(view.state)?.active) exitSuggestion(view, key);
            return false;
          },
        },
      },
    });
    return [suggestion, leave];
  },
});

function drawn() {
  let list: SlashList | null = null;
  let unmount: (() => void) | null = null;
  let choose: (choice: BlockChoice) => void = () => {};
  return {
    onStart(props: SuggestionProps<BlockChoice, BlockChoice>) {
      choose = props.command;
      list = new SlashList(props.editor.view.dom, (choice) => choose(choice));
      list.show([]);
      unmount = props.mount(list.dom);
    },
    onUpdate(props: SuggestionProps<BlockChoice, BlockChoice>) {
      choose = props.command;
      if (!props.loading) list?.show(props.items);
    },
    onKeyDown: ({ event }: { event: KeyboardEvent }) =>
      !event.isComposing && Boolean(list?.onKey(event)),
    onExit() {
      list?.remove();
      unmount?.();
      list = null;
    },
  };
}
