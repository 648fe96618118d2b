import { Fragment, type ReactNode } from 'react';
import {
  type InlineRendering,
  type Note,
  renderInline,
  renderText,
  unknown,
} from '#components/article/body-inline.tsx';
import { BodyGallery, BodyPicture } from '#components/article/body-picture.tsx';
import type { BlockNode, BodyDocument, InlineNode } from '#lib/articles/body.ts';
import { sourceOf } from '#lib/articles/body-sources.ts';
import type { Picture as Shown } from '#lib/media/rules.ts';

type Slots = { buyIssue: ReactNode; subscribe: ReactNode };

/** What the blocks of one text share while they are rendered. */
type Rendering = InlineRendering & { media: Record<string, Shown>; slots: Slots };

/**
 * Renders a text. `media` holds its pictures by id (one that is missing is left out); `slots` fill the places where the
 * text asks for the shop; footnotes gather at its end under `notesLabel`. `prefix` keeps the notes' anchors apart where a
 * page shows more than one text.
 */
export function ArticleBody({
  body,
  media,
  slots,
  notesLabel,
  prefix = '',
}: {
  body: BodyDocument;
  media: Record<string, Shown>;
  slots: Slots;
  notesLabel: string;
  prefix?: string;
}) {
  const rendering: Rendering = { media, slots, notes: [], prefix };
  const blocks = body.content.map((block, index) => renderBlock(block, index, rendering));
  return (
    <div className="body">
      {blocks}
      <Notes notes={rendering.notes} label={notesLabel} prefix={prefix} />
    </div>
  );
}

function Notes({ notes, label, prefix }: { notes: Note[]; label: string; prefix: string }) {
  if (notes.length === 0) return null;
  const heading = `${prefix}notes`;
  return (
    <section className="notes" aria-labelledby={heading}>
      <h2 id={heading}>{label}</h2>
      <ol>
        {notes.map(({ number, content }) => (
          <li key={number} id={`${prefix}note-${number}`}>
            {content.map((node, index) => renderText(node, index))}
            {'\u00a0'}
            <a href={`#${prefix}ref-${number}`} aria-label={`Back to the text of note ${number}`}>
              ↩
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

function renderBlock(block: BlockNode, key: number, rendering: Rendering): ReactNode {
  const inline = (nodes: InlineNode[] | undefined) => renderInline(nodes, rendering);
  const inner = (blocks: BlockNode[]) =>
    blocks.map((child, index) => renderBlock(child, index, rendering));
  switch (block.type) {
    case 'paragraph':
      return (
        <p key={key} className={block.attrs.dropCap ? 'drop-cap' : undefined}>
          {inline(block.content)}
        </p>
      );
    case 'heading': {
      const Heading = block.attrs.level === 2 ? 'h2' : 'h3';
      return <Heading key={key}>{inline(block.content)}</Heading>;
    }
    case 'bulletList':
      return (
        <ul key={key}>
          {block.content.map((item, index) => (
            <li key={index}>{inner(item.content)}</li>
          ))}
        </ul>
      );
    case 'orderedList':
      return (
        <ol key={key} start={block.attrs.start}>
          {block.content.map((item, index) => (
            <li key={index}>{inner(item.content)}</li>
          ))}
        </ol>
      );
    case 'blockquote':
      return (
        <figure key={key} className="quotation">
          <blockquote>{inner(block.content)}</blockquote>
          {block.attrs.source && <figcaption>{block.attrs.source}</figcaption>}
        </figure>
      );
    case 'pullQuote':
      // It repeats a sentence of the text, which a screen reader has read or will read.
      return (
        <aside key={key} className="pull-quote" aria-hidden="true">
          <p>{inline(block.content)}</p>
        </aside>
      );
    case 'picture':
      return (
        <BodyPicture key={key} attrs={block.attrs} picture={rendering.media[block.attrs.mediaId]} />
      );
    case 'gallery':
      return (
        <BodyGallery
          key={key}
          caption={block.attrs.caption}
          pictures={block.attrs.mediaIds.flatMap((id) => rendering.media[id] ?? [])}
        />
      );
    case 'poem':
      return (
        <div key={key} className="poem">
          {block.content.map((stanza, index) => (
            <p key={index}>
              {stanza.content.map((line, number) => (
                <span key={number} className="verse">
                  {inline(line.content)}
                </span>
              ))}
            </p>
          ))}
        </div>
      );
    case 'interviewTurn':
      return (
        <div key={key} className={`turn turn-${block.attrs.kind}`}>
          {block.content.map((paragraph, index) => (
            <p key={index}>
              {index === 0 && block.attrs.speaker && (
                <b className="speaker">{block.attrs.speaker} </b>
              )}
              {inline(paragraph.content)}
            </p>
          ))}
        </div>
      );
    case 'table':
      return <BodyTable key={key} block={block} rendering={rendering} />;
    case 'horizontalRule':
      return <hr key={key} />;
    case 'linkCard':
      return <LinkCard key={key} {...block.attrs} />;
    case 'buyIssue':
      return <Fragment key={key}>{rendering.slots.buyIssue}</Fragment>;
    case 'subscribe':
      return <Fragment key={key}>{rendering.slots.subscribe}</Fragment>;
    default:
      return unknown(block);
  }
}

/** Nothing of another site is loaded here: a film or a recording plays where it is, once the link is pressed. */
function LinkCard({ url, title, description }: Extract<BlockNode, { type: 'linkCard' }>['attrs']) {
  const source = sourceOf(url);
  return (
    <aside className="link-card">
      <a href={url}>{title || url}</a>
      {description && <p>{description}</p>}
      {source && (
        <p className="link-card-source">
          {source.plays && <span aria-hidden="true">▶ </span>}
          {source.name}
        </p>
      )}
    </aside>
  );
}

function BodyTable({
  block,
  rendering,
}: {
  block: Extract<BlockNode, { type: 'table' }>;
  rendering: Rendering;
}) {
  // A wide table scrolls by itself, by keyboard too, instead of widening the page.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box has to be reachable by keyboard
    <section className="table-box" tabIndex={0} aria-label={block.attrs.caption || 'Table'}>
      <table>
        {block.attrs.caption && <caption>{block.attrs.caption}</caption>}
        <tbody>
          {block.content.map((row, index) => (
            <tr key={index}>
              {row.content.map((cell, number) => {
                const content = renderInline(cell.content, rendering);
                if (cell.type === 'tableCell') return <td key={number}>{content}</td>;
                return (
                  <th key={number} scope={index === 0 ? 'col' : 'row'}>
                    {content}
                  </th>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
