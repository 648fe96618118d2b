import { focalClasses, type Picture as Shown, toneClasses } from '#lib/media/rules.ts';

/**
 * A picture in the sizes that the layout gives it. Its box is reserved by width and height, so nothing jumps, and
 * shows the picture blurred until that is there. `eager` where it is the first of its page. `decorative` where the text beside it already says what it shows (a card that is one link).
 */
export function Picture({
  picture,
  sizes,
  className,
  eager = false,
  decorative = false,
}: {
  picture: Shown;
  sizes: string;
  className?: string;
  eager?: boolean;
  decorative?: boolean;
}) {
  const classes = [focalClasses(picture), toneClasses(picture), className]
    .filter(Boolean)
    .join(' ');
  return (
    <picture>
      <source type="image/avif" srcSet={picture.avifSrcSet} sizes={sizes} />
      <img
        src={picture.url}
        srcSet={picture.srcSet}
        sizes={sizes}
        width={picture.width}
        height={picture.height}
        alt={decorative ? '' : picture.alt}
        loading={eager ? 'eager' : 'lazy'}
        fetchPriority={eager ? 'high' : 'auto'}
        decoding="async"
        className={classes || undefined}
      />
    </picture>
  );
}

/** Caption and credit, as they stand under a picture. */
export function Caption({ picture, className }: { picture: Shown; className?: string }) {
  if (!picture.caption && !picture.credit) return null;
  return (
    <figcaption className={className ?? 'mt-2 text-[0.85rem] text-muted'}>
      {picture.caption}
      {picture.caption && picture.credit && ' '}
      {picture.credit && <span className="label whitespace-nowrap">{picture.credit}</span>}
    </figcaption>
  );
}
