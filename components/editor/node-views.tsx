'use client';

import type { Extensions } from '@tiptap/core';
import {
  NodeViewContent,
  NodeViewWrapper,
  type ReactNodeViewProps,
  ReactNodeViewRenderer,
  type ReactNodeViewRendererOptions,
} from '@tiptap/react';
import { type ComponentType, useId } from 'react';
import { cardRefusal } from '#components/editor/address.ts';
import { BlockHead, LineField, useKnownPicture } from '#components/editor/fields.tsx';
import { footnoteView } from '#components/editor/footnote-view.ts';
import { attributeLengths } from '#components/editor/structure.ts';
import { pictureSizes } from '#lib/articles/body-nodes.ts';
import { pictureAddress } from '#lib/media/rules.ts';

type ViewProps = ReactNodeViewProps<HTMLElement>;

const views: Record<string, [ComponentType<ViewProps>, Partial<ReactNodeViewRendererOptions>?]> = {
  picture: [PictureView],
  gallery: [GalleryView],
  blockquote: [QuoteView],
  interviewTurn: [TurnView],
  table: [TableView, { contentDOMElementTag: 'tbody' }],
  linkCard: [LinkCardView],
  buyIssue: [BuyIssueView],
  subscribe: [SubscribeView],
};

/** The extensions, with fields for what a block has beside its text. */
export function withNodeViews(extensions: Extensions): Extensions {
  return extensions.map((extension) => {
    if (extension.type !== 'node') return extension;
    if (extension.name === 'footnote') return extension.extend({ addNodeView: () => footnoteView });
    const [view, options] = views[extension.name] ?? [];
    if (!view) return extension;
    return extension.extend({ addNodeView: () => ReactNodeViewRenderer(view, options) });
  });
}

const widthNames = {
  text: 'As wide as the text',
  wide: 'Wider than the text',
  full: 'As wide as the page',
};

function PictureView({ node, updateAttributes, deleteNode }: ViewProps) {
  const id = useId();
  const { mediaId, alt, caption, credit, width } = node.attrs;
  const known = useKnownPicture(mediaId);
  return (
    <NodeViewWrapper
      as="figure"
      className={`picture ${width} editor-block`}
      contentEditable={false}
    >
      <BlockHead label="Picture" remove={deleteNode} />
      <img
        src={known?.url ?? pictureAddress(mediaId, 320)}
        alt={alt || known?.alt || ''}
        draggable={false}
      />
      <div className="editor-fields">
        <LineField
          label="What it shows, for who can’t see it"
          value={alt}
          placeholder={known?.alt}
          maxLength={attributeLengths.alt}
          onChange={(value) => updateAttributes({ alt: value })}
        />
        <LineField
          label="Caption"
          value={caption}
          placeholder={known?.caption}
          maxLength={attributeLengths.caption}
          onChange={(value) => updateAttributes({ caption: value })}
        />
        <LineField
          label="Credit"
          value={credit}
          placeholder={known?.credit}
          maxLength={attributeLengths.credit}
          onChange={(value) => updateAttributes({ credit: value })}
        />
        <div className="editor-field">
          <label htmlFor={id}>Width</label>
          <select
            id={id}
            className="field"
            value={width}
            onChange={(event) => updateAttributes({ width: event.target.value })}
          >
            {pictureSizes.map((size) => (
              <option key={size} value={size}>
                {widthNames[size]}
              </option>
            ))}
          </select>
        </div>
      </div>
    </NodeViewWrapper>
  );
}

function GalleryView({ node, updateAttributes, deleteNode }: ViewProps) {
  const { mediaIds, caption } = node.attrs;
  return (
    <NodeViewWrapper as="figure" className="gallery wide editor-block" contentEditable={false}>
      <BlockHead label={`Gallery of ${mediaIds.length} pictures`} remove={deleteNode} />
      <div>
        {mediaIds.map((id: string) => (
          <GalleryPicture key={id} id={id} />
        ))}
      </div>
      <div className="editor-fields">
        <LineField
          label="Caption"
          value={caption}
          maxLength={attributeLengths.caption}
          onChange={(value) => updateAttributes({ caption: value })}
        />
      </div>
    </NodeViewWrapper>
  );
}

function GalleryPicture({ id }: { id: string }) {
  const known = useKnownPicture(id);
  return (
    <img src={known?.url ?? pictureAddress(id, 320)} alt={known?.alt ?? ''} draggable={false} />
  );
}

function QuoteView({ node, updateAttributes }: ViewProps) {
  return (
    <NodeViewWrapper as="figure" className="quotation">
      <NodeViewContent as={'blockquote' as 'div'} />
      <div contentEditable={false} className="editor-fields">
        <LineField
          label="Source"
          value={node.attrs.source}
          placeholder="Who said or wrote it"
          maxLength={attributeLengths.source}
          onChange={(value) => updateAttributes({ source: value })}
        />
      </div>
    </NodeViewWrapper>
  );
}

function TurnView({ node, updateAttributes }: ViewProps) {
  const { kind, speaker } = node.attrs;
  return (
    <NodeViewWrapper className={`turn turn-${kind}`}>
      <div contentEditable={false} className="editor-fields">
        <LineField
          label={kind === 'question' ? 'Question by' : 'Answer by'}
          value={speaker}
          placeholder="Speaker"
          maxLength={attributeLengths.speaker}
          onChange={(value) => updateAttributes({ speaker: value })}
        />
      </div>
      <NodeViewContent />
    </NodeViewWrapper>
  );
}

function TableView({ node, updateAttributes }: ViewProps) {
  return (
    <NodeViewWrapper className="table-box">
      <div contentEditable={false} className="editor-fields">
        <LineField
          label="Title of the table"
          value={node.attrs.caption}
          maxLength={attributeLengths.tableCaption}
          onChange={(value) => updateAttributes({ caption: value })}
        />
      </div>
      <NodeViewContent as={'table' as 'div'} />
    </NodeViewWrapper>
  );
}

function LinkCardView({ node, updateAttributes, deleteNode }: ViewProps) {
  const { url, title, description } = node.attrs;
  return (
    <NodeViewWrapper className="link-card editor-block" contentEditable={false}>
      <BlockHead label="Link card" remove={deleteNode} />
      <div className="editor-fields">
        <LineField
          label="Address"
          value={url}
          maxLength={2_000}
          refusal={cardRefusal}
          onChange={(value) => updateAttributes({ url: value })}
        />
        <LineField
          label="Title"
          value={title}
          maxLength={attributeLengths.cardTitle}
          placeholder={url}
          onChange={(value) => updateAttributes({ title: value })}
        />
        <LineField
          label="Description"
          value={description}
          maxLength={attributeLengths.cardDescription}
          onChange={(value) => updateAttributes({ description: value })}
        />
      </div>
    </NodeViewWrapper>
  );
}

function BuyIssueView({ deleteNode }: ViewProps) {
  return (
    <Slot label="Buy this issue" remove={deleteNode}>
      Here the page offers the issue that this article is in.
    </Slot>
  );
}

function SubscribeView({ deleteNode }: ViewProps) {
  return (
    <Slot label="Subscribe" remove={deleteNode}>
      Here the page offers a subscription.
    </Slot>
  );
}

function Slot({
  label,
  remove,
  children,
}: {
  label: string;
  remove: () => void;
  children: string;
}) {
  return (
    <NodeViewWrapper className="slot editor-block" contentEditable={false}>
      <BlockHead label={label} remove={remove} />
      <p>{children}</p>
    </NodeViewWrapper>
  );
}
