import { Picture } from '#components/ui/picture.tsx';
import type { Contributor } from '#lib/contributors/rules.ts';

/** Who somebody is, under what they made. */
export function ContributorBox({ contributor }: { contributor: Contributor }) {
  return (
    <div className="mt-4 flex gap-4">
      {contributor.portrait && (
        <Picture
          picture={contributor.portrait}
          sizes="5rem"
          decorative
          className="size-20 shrink-0 bg-raised object-cover"
        />
      )}
      <p className="min-w-0 text-[0.98rem] wrap-anywhere">
        <a href={`/contributors/${contributor.slug}`} className="link font-semibold">
          {contributor.name}
        </a>
        {contributor.biography && ` — ${contributor.biography}`}
      </p>
    </div>
  );
}
