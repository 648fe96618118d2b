import type { Picture as Shown } from '#lib/media/rules.ts';

/**
 * A picture in the sizes that the layout gives it. Its box is reserved by width and height, so nothing jumps. `decorative`
 * where the text beside it already says what it shows (a card that is one link).
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
  return (
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
      style={{ objectPosition: `${picture.focalX * 100}% ${picture.focalY * 100}%` }}
      className={className}
    />
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
