import { Fragment } from 'react';
import { Picture } from '#components/ui/picture.tsx';
import type { BlockNode } from '#lib/articles/body.ts';
import type { Picture as Shown } from '#lib/media/rules.ts';

/** A picture between the paragraphs; `null` where it is gone. */
export function BodyPicture({
  attrs,
  picture,
}: {
  attrs: Extract<BlockNode, { type: 'picture' }>['attrs'];
  picture: Shown | undefined;
}) {
  if (!picture) return null;
  // What the text says of the picture comes before what the picture says of itself.
  const shown = {
    ...picture,
    alt: attrs.alt || picture.alt,
    caption: attrs.caption || picture.caption,
    credit: attrs.credit || picture.credit,
  };
  const sizes = {
    text: '(min-width: 42rem) 40rem, calc(100vw - 2.5rem)',
    wide: '(min-width: 64rem) 60rem, calc(100vw - 2.5rem)',
    full: '(min-width: 90rem) 84rem, calc(100vw - 2.5rem)',
  };
  return (
    <figure className={`picture ${attrs.width}`}>
      <Picture picture={shown} sizes={sizes[attrs.width]} />
      <Caption {...shown} licence={attrs.licence} />
    </figure>
  );
}

/** Pictures side by side, and under them what the text says of all and who made them, each name once. */
export function BodyGallery({ caption, pictures }: { caption: string; pictures: Shown[] }) {
  const credits = [...new Set(pictures.map(({ credit }) => credit).filter(Boolean))];
  const widest = { 1: '60rem', 2: '30rem' }[pictures.length] ?? '24rem';
  const sizes = `(min-width: 48rem) ${widest}, calc(100vw - 2.5rem)`;
  return (
    <figure className="gallery wide">
      <div>
        {pictures.map((picture) => (
          <Picture key={picture.id} picture={picture} sizes={sizes} />
        ))}
      </div>
      {(caption || credits.length > 0) && (
        <figcaption>
          {caption}
          <Labels texts={credits} />
        </figcaption>
      )}
    </figure>
  );
}

/** What stands under a picture: its caption, who made it, and under which licence it may be shown. */
function Caption(picture: { caption: string; credit: string; licence: string }) {
  const { caption, credit, licence } = picture;
  if (!caption && !credit && !licence) return null;
  return (
    <figcaption className="mt-2 text-[0.85rem] text-muted">
      {caption}
      <Labels texts={[credit, licence].filter(Boolean)} />
    </figcaption>
  );
}

function Labels({ texts }: { texts: string[] }) {
  return texts.map((text, index) => (
    <Fragment key={index}>
      {' '}
      <span className="label">{text}</span>
    </Fragment>
  ));
}
