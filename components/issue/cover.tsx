import { Picture } from '#components/ui/picture.tsx';
import type { IssueCard } from '#lib/issues/rules.ts';

/** An issue's cover in its own proportions; a plain board with the number where none was drawn yet. */
export function Cover({
  issue,
  sizes,
  eager = false,
  decorative = false,
  className,
}: {
  issue: Pick<IssueCard, 'cover' | 'number' | 'title'>;
  sizes: string;
  eager?: boolean;
  decorative?: boolean;
  className?: string;
}) {
  if (issue.cover) {
    return (
      <Picture
        picture={issue.cover}
        sizes={sizes}
        eager={eager}
        decorative={decorative}
        className={`h-auto w-full border border-rule bg-raised ${className ?? ''}`}
      />
    );
  }
  return (
    <div
      aria-hidden={decorative}
      className={`grid aspect-5/7 w-full place-items-center border border-rule bg-raised p-4 text-center ${className ?? ''}`}
    >
      <span>
        <span className="block text-3xl font-semibold">No. {issue.number}</span>
        <span className="italic">{issue.title}</span>
      </span>
    </div>
  );
}
