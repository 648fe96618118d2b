import type { NodeViewRenderer } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { NodeSelection } from '@tiptap/pm/state';
import { announce, openNote } from '#components/editor/events.ts';

/**
 * A note's mark: its number, which the stylesheet counts, and its text as the name. A click selects the note and opens its
 * text. Not drawn by React, whose node views would put the note's text into the line.
 */
export const footnoteView: NodeViewRenderer = ({ node, view, getPos }) => {
  const dom = document.createElement('sup');
  dom.className = 'note-mark';
  dom.contentEditable = 'false';
  const button = document.createElement('button');
  button.type = 'button';
  // The text is reached with the arrow keys, then Enter: Tab leaves the editor.
  button.tabIndex = -1;
  dom.append(button);
  const name = ({ textContent }: Node) => {
    button.ariaLabel = textContent ? `Note: ${textContent}` : 'Empty note';
    button.title = textContent;
    dom.classList.toggle('empty', !textContent);
  };
  name(node);
  button.addEventListener('mousedown', (event) => event.preventDefault());
  button.addEventListener('click', () => {
    const pos = getPos();
    if (pos === undefined) return;
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, pos)));
    announce(view, openNote);
  });
  return {
    dom,
    update(next) {
      if (next.type !== node.type) return false;
      name(next);
      return true;
    },
    stopEvent: (event) => event.type === 'mousedown' || event.type === 'click',
    ignoreMutation: (mutation) => mutation.type !== 'selection',
  };
};
