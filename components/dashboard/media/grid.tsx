import { Thumb } from '#components/dashboard/media/thumb.tsx';
import type { Picture } from '#lib/media/rules.ts';

/** How pictures stand side by side, in the library and in the dialog that chooses from it. */
export const mediaGrid =
  'grid grid-cols-[repeat(auto-fill,minmax(min(9.5rem,calc(50%-0.5rem)),1fr))] gap-x-4 gap-y-6';

/** The library's pictures; each leads to its own page. */
export function MediaGrid({
  pictures,
  none,
}: {
  pictures: (Picture & { filename: string })[];
  none: string;
}) {
  if (pictures.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <ul className={mediaGrid} aria-label="Pictures">
      {pictures.map((picture) => (
        <li key={picture.id} className="group relative min-w-0">
          <Thumb picture={picture} className="aspect-square w-full" />
          <a
            href={`/dashboard/media/${picture.id}`}
            className="mt-1.5 line-clamp-2 text-[0.9rem] leading-snug wrap-anywhere after:absolute after:inset-0 group-hover:text-accent"
          >
            {picture.alt}
          </a>
          <p className="truncate text-[0.8rem] text-muted">
            {picture.credit || 'No credit'} · {picture.filename}
          </p>
        </li>
      ))}
    </ul>
  );
}
