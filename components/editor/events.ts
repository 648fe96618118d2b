import type { EditorView } from '@tiptap/pm/view';

/** What the panels around the text listen for on it: a key, a menu or a mark in the text asks for one of them. */
export const openLink = 'editor:link';
export const openNote = 'editor:note';
export const openCard = 'editor:card';
export const openPicture = 'editor:picture';
export const openGallery = 'editor:gallery';
export const openFind = 'editor:find';

/** Asks for a panel. `true`, as a key's handler answers. */
export function announce(view: EditorView, event: string): true {
  view.dom.dispatchEvent(new CustomEvent(event));
  return true;
}

const hinted = 'editor:hint';

/** Says something to the writer, beside the toolbar. */
export function hint(view: EditorView, message: string): void {
  view.dom.dispatchEvent(new CustomEvent(hinted, { detail: message }));
}

/** Hears what is said by `hint`; answers how to stop. */
export function onHint(view: EditorView, hear: (message: string) => void): () => void {
  const { dom } = view;
  const onEvent = (event: Event) => hear((event as CustomEvent<string>).detail);
  dom.addEventListener(hinted, onEvent);
  return () => dom.removeEventListener(hinted, onEvent);
}
