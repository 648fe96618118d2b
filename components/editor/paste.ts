import { Extension } from '@tiptap/core';
import { Fragment, type Node, type ResolvedPos, type Schema, Slice } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { hint } from '#components/editor/events.ts';
import { cleanHtml } from '#components/editor/paste-html.ts';
import { asStanza, versesOf } from '#components/editor/poems.ts';
import { isSafeHref } from '#lib/articles/body-nodes.ts';

/** What is pasted fits where it goes: plain text by its lines, HTML without what other programs wrap it in. */
export const Paste = Extension.create({
  name: 'paste-into-body',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          clipboardTextParser: (text, $context, _plain, view) =>
            parsePlainText(text, $context, view.state.schema),
          transformPastedHTML(html, view) {
            const clean = cleanHtml(html);
            if (clean.pictures > 0) hint(view, leftOut(clean.pictures));
            return clean.html;
          },
          handleDrop: (view, { dataTransfer }) => leaveFiles(view, dataTransfer),
          handlePaste(view, event, slice) {
            if (leaveFiles(view, event.clipboardData)) return true;
            const { state } = view;
            const address = event.clipboardData?.getData('text/plain').trim() ?? '';
            const { from, to, empty, $from } = state.selection;
            if (
              !empty &&
              $from.parent.inlineContent &&
              /^https?:/i.test(address) &&
              isSafeHref(address)
            ) {
              const link = state.schema.marks.link?.create({ href: address });
              if (link) view.dispatch(state.tr.addMark(from, to, link));
              return true;
            }
            const fitted = fitSlice(slice, $from, state.schema);
            if (!fitted) return false;
            view.dispatch(state.tr.replaceSelection(fitted).scrollIntoView());
            return true;
          },
        },
      }),
    ];
  },
});

const leftOut = (pictures: number) =>
  pictures === 1
    ? 'A picture was left out: put it in with “Picture”, which asks for its description.'
    : `${pictures} pictures were left out: put them in with “Picture” or “Gallery”, which ask for their descriptions.`;

/** Files have no place in a text. Programs that copy words may add a picture of them: then the words are what was meant. */
function leaveFiles(view: EditorView, data: DataTransfer | null): boolean {
  if (!data?.files.length || data.types.some((type) => type.startsWith('text/'))) return false;
  hint(view, leftOut(data.files.length));
  return true;
}

/**
 * Plain text as paragraphs. Blank lines part them, and single new lines are line breaks; where there is no blank line,
 * each line is a paragraph. Marks of the place are kept.
 */
export function parsePlainText(text: string, $context: ResolvedPos, schema: Schema): Slice {
  const lines = text.replace(/\r\n?/g, '\n').replace(/^\n+|\n+$/g, '');
  const parts = lines.split(/\n[^\S\n]*\n\s*/);
  const paragraphs = parts.length > 1 ? parts : lines.split('\n');
  const { paragraph, hardBreak } = schema.nodes;
  if (!paragraph || !hardBreak) throw new Error('The editor’s schema has no paragraphs');
  const marks = $context.marks();
  const blocks = paragraphs.map((part) =>
    paragraph.create(
      null,
      part
        .split('\n')
        .flatMap((line, index) => [
          ...(index > 0 ? [hardBreak.create()] : []),
          ...(line ? [schema.text(line, marks)] : []),
        ]),
    ),
  );
  return new Slice(Fragment.from(blocks), 1, 1);
}

/** The slice for places that hold one line of text: a cell, a verse, a pull quote. `null` where it may stay as it is. */
export function fitSlice(slice: Slice, $at: ResolvedPos, schema: Schema): Slice | null {
  const lines = textblocks(slice.content);
  if (lines.length < 2) return null;
  switch ($at.parent.type.name) {
    case 'tableCell':
    case 'tableHeader':
    case 'pullQuote': {
      const between = () => Fragment.from(schema.nodes.hardBreak?.create());
      const joined = lines.reduce(
        (all, line, index) =>
          index > 0 ? all.append(between()).append(line.content) : line.content,
        Fragment.empty,
      );
      return new Slice(joined, 0, 0);
    }
    case 'verseLine': {
      const broken = lines.some((line) => versesOf(line).length > 1);
      const stanzas = broken
        ? lines.map((line) => asStanza({ schema }, versesOf(line)))
        : [asStanza({ schema }, lines)];
      return new Slice(Fragment.from(stanzas), 2, 2);
    }
    default:
      return null;
  }
}

/** Every block of text in a fragment, in order; inline content without a block counts as one. */
function textblocks(content: Fragment): Node[] {
  const found: Node[] = [];
  content.descendants((node) => {
    if (node.isTextblock && !node.isInline) found.push(node);
    return !node.isTextblock;
  });
  return found;
}
