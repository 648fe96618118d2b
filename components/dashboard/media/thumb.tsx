import { type Picture, pictureAddress, toneClasses } from '#lib/media/rules.ts';

/**
 * A picture cut to a small box around its subject, blurred until it is there. What is said beside it describes it, so it
 * says nothing itself.
 */
export function Thumb({ picture, className }: { picture: Picture; className: string }) {
  const { id, version, placeholder, focalX, focalY } = picture;
  // One that lets the page shine through would show it for good.
  const isOpaque = toneClasses(picture) !== '';
  return (
    <img
      src={pictureAddress(id, 320, 'webp', version)}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      className={`bg-raised bg-cover object-cover ${className}`}
      style={{
        objectPosition: `${focalX * 100}% ${focalY * 100}%`,
        ...(placeholder && isOpaque ? { backgroundImage: `url("${placeholder}")` } : {}),
      }}
    />
  );
}
