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
      className={`@container grid aspect-5/7 w-full place-items-center overflow-hidden border border-rule bg-raised text-center ${className ?? ''}`}
    >
      <span className="w-full p-[6cqi] wrap-anywhere">
        <span className="block text-[clamp(0.75rem,14cqi,1.875rem)] leading-tight font-semibold">
          No. {issue.number}
        </span>
        <span className="hidden italic @min-[8rem]:inline">{issue.title}</span>
      </span>
    </div>
  );
}
