'use client';

import type { Extensions } from '@tiptap/core';
import {
  NodeViewContent,
  NodeViewWrapper,
  type ReactNodeViewProps,
  ReactNodeViewRenderer,
  type ReactNodeViewRendererOptions,
} from '@tiptap/react';
import type { ComponentType } from 'react';
import { cardRefusal } from '#components/editor/address.ts';
import { BlockHead, LineField } from '#components/editor/fields.tsx';
import { footnoteView } from '#components/editor/footnote-view.ts';
import { GalleryView, PictureView } from '#components/editor/picture-views.tsx';
import { attributeLengths } from '#components/editor/structure.ts';
import { sourceOf } from '#lib/articles/body-sources.ts';

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
  const source = sourceOf(url);
  return (
    <NodeViewWrapper className="link-card editor-block" contentEditable={false}>
      <BlockHead
        label={source ? `${source.plays ? '▶ ' : ''}Link card to ${source.name}` : 'Link card'}
        remove={deleteNode}
      />
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
