'use client';

import { NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react';
import { useEffect, useId, useRef } from 'react';
import { BlockHead, LineField } from '#components/editor/fields.tsx';
import { moved } from '#components/editor/gallery.ts';
import { attributeLengths } from '#components/editor/structure.ts';
import { useKnownPicture, useSurroundings } from '#components/editor/surroundings.tsx';
import { maxGalleryPictures, pictureSizes } from '#lib/articles/body-nodes.ts';
import { pictureAddress } from '#lib/media/rules.ts';

type ViewProps = ReactNodeViewProps<HTMLElement>;

const widthNames = {
  text: 'As wide as the text',
  wide: 'Wider than the text',
  full: 'As wide as the page',
};

export function PictureView({ node, updateAttributes, deleteNode }: ViewProps) {
  const id = useId();
  const { mediaId, alt, caption, credit, licence, width } = node.attrs;
  const known = useKnownPicture(mediaId);
  const { editable } = useSurroundings();
  const described = known?.alt ?? '';
  return (
    <NodeViewWrapper
      as="figure"
      className={`picture ${width} editor-block`}
      contentEditable={false}
    >
      <BlockHead label="Picture" remove={deleteNode} />
      <img
        src={known?.url ?? pictureAddress(mediaId, 320)}
        alt={alt || described}
        draggable={false}
      />
      <div className="editor-fields">
        <LineField
          label="What it shows, for who can’t see it"
          value={alt}
          placeholder={described}
          maxLength={attributeLengths.alt}
          {...(!alt && known && !described && { note: 'A picture needs a description.' })}
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
        <LineField
          label="Licence"
          value={licence}
          placeholder={known?.licence || 'CC BY 4.0, by permission …'}
          maxLength={attributeLengths.licence}
          onChange={(value) => updateAttributes({ licence: value })}
        />
        <div className="editor-field">
          <label htmlFor={id}>Width</label>
          <select
            id={id}
            className="field"
            value={width}
            disabled={!editable}
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

export function GalleryView({ node, updateAttributes, deleteNode }: ViewProps) {
  const list = useRef<HTMLOListElement>(null);
  const { editable, pickPictures } = useSurroundings();
  const { mediaIds, caption }: { mediaIds: string[]; caption: string } = node.attrs as never;
  // The node that a dialog was opened from may have changed until it closes.
  const latest = useRef(mediaIds);
  latest.current = mediaIds;
  const order = (ids: string[]) => updateAttributes({ mediaIds: ids });
  const add = async () => {
    const picked = await pickPictures();
    const fresh = picked.map(({ mediaId }) => mediaId);
    const ids = [...new Set([...latest.current, ...fresh])].slice(0, maxGalleryPictures);
    if (fresh.length > 0) order(ids);
  };
  const pressed = useRef<{ id: string; name: string } | null>(null);
  const move = (index: number, step: 1 | -1) => {
    pressed.current = { id: mediaIds[index] ?? '', name: step < 0 ? 'earlier' : 'later' };
    order(moved(mediaIds, index, step));
  };
  // The button that was pressed goes with its picture.
  useEffect(() => {
    if (!pressed.current) return;
    const { id, name } = pressed.current;
    pressed.current = null;
    const item = list.current?.children[mediaIds.indexOf(id)];
    const buttons = [...(item?.querySelectorAll('button') ?? [])];
    const same = buttons.find((button) => button.dataset.move === name && !button.disabled);
    (same ?? buttons.find((button) => !button.disabled))?.focus();
  }, [mediaIds]);
  const full = mediaIds.length >= maxGalleryPictures;
  return (
    <NodeViewWrapper as="figure" className="gallery wide editor-block" contentEditable={false}>
      <BlockHead
        label={`Gallery of ${mediaIds.length} ${mediaIds.length === 1 ? 'picture' : 'pictures'}`}
        remove={deleteNode}
      />
      <ol ref={list}>
        {mediaIds.map((id, index) => (
          <GalleryPicture
            key={id}
            id={id}
            place={index + 1}
            last={index === mediaIds.length - 1}
            move={(step) => move(index, step)}
            remove={() => order(mediaIds.filter((other) => other !== id))}
          />
        ))}
      </ol>
      <div className="editor-fields">
        {editable && (
          <button type="button" className="editor-add" disabled={full} onClick={add}>
            {full ? `No more than ${maxGalleryPictures} pictures` : 'Add pictures'}
          </button>
        )}
        <LineField
          label="Caption of the gallery"
          value={caption}
          maxLength={attributeLengths.caption}
          onChange={(value) => updateAttributes({ caption: value })}
        />
      </div>
    </NodeViewWrapper>
  );
}

function GalleryPicture({
  id,
  place,
  last,
  move,
  remove,
}: {
  id: string;
  place: number;
  last: boolean;
  move: (step: 1 | -1) => void;
  remove: () => void;
}) {
  const known = useKnownPicture(id);
  const { editable } = useSurroundings();
  const name = `picture ${place}`;
  return (
    <li>
      <img src={known?.url ?? pictureAddress(id, 320)} alt={known?.alt ?? ''} draggable={false} />
      {editable && (
        <div className="editor-order">
          <button
            type="button"
            data-move="earlier"
            aria-label={`Move ${name} earlier`}
            disabled={place === 1}
            onClick={() => move(-1)}
          >
            ←
          </button>
          <button
            type="button"
            data-move="later"
            aria-label={`Move ${name} later`}
            disabled={last}
            onClick={() => move(1)}
          >
            →
          </button>
          <button type="button" aria-label={`Take ${name} out`} onClick={remove}>
            ×
          </button>
        </div>
      )}
    </li>
  );
}
