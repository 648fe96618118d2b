import { Fragment, type ReactNode } from 'react';
import type { InlineNode, Mark, TextNode } from '#lib/articles/body.ts';

export type Note = { number: number; content: TextNode[] };

/** `notes` gathers what the end of the text shows; `prefix` keeps two texts' anchors apart on one page. */
export type InlineRendering = { notes: Note[]; prefix: string };

/** Words with their marks; a note leaves its number here and its text in `rendering.notes`. */
export function renderInline(
  nodes: InlineNode[] | undefined,
  rendering: InlineRendering,
): ReactNode {
  return nodes?.map((node, index) => {
    switch (node.type) {
      case 'text':
        return renderText(node, index);
      case 'hardBreak':
        return <br key={index} />;
      case 'footnote': {
        const number = rendering.notes.length + 1;
        rendering.notes.push({ number, content: node.content ?? [] });
        return (
          <sup key={index} className="note-mark">
            <a
              id={`${rendering.prefix}ref-${number}`}
              href={`#${rendering.prefix}note-${number}`}
              aria-label={`Note ${number}`}
            >
              {number}
            </a>
          </sup>
        );
      }
      default:
        return unknown(node);
    }
  });
}

export function renderText(node: TextNode, key: number): ReactNode {
  const marked = (node.marks ?? []).reduce<ReactNode>(renderMark, node.text);
  return <Fragment key={key}>{marked}</Fragment>;
}

function renderMark(inner: ReactNode, mark: Mark): ReactNode {
  switch (mark.type) {
    case 'bold':
      return <strong>{inner}</strong>;
    case 'italic':
      return <em>{inner}</em>;
    case 'smallCaps':
      return <span className="small-caps">{inner}</span>;
    case 'subscript':
      return <sub>{inner}</sub>;
    case 'superscript':
      return <sup>{inner}</sup>;
    case 'link':
      return <a href={mark.attrs.href}>{inner}</a>;
    default:
      return unknown(mark);
  }
}

/** Stored texts are checked when they are saved; one that isn't in the schema is a broken invariant. */
export function unknown(value: never): never {
  throw new Error(`A text holds what nothing renders: ${JSON.stringify(value).slice(0, 100)}`);
}
