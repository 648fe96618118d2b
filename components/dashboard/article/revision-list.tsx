import { State } from '#components/dashboard/heading.tsx';
import { Moment } from '#components/dashboard/moment.tsx';
import type { RevisionOrigin } from '#lib/articles/rules.ts';

type Line = {
  id: string;
  number: number;
  origin: RevisionOrigin;
  savedAt: Date;
  savedBy: string | null;
  wordCount: number;
  publishedAt: Date | null;
  isDraft: boolean;
  isPublic: boolean;
};

/** The last few revisions, beside the text. */
export function RevisionSummary({ articleId, lines }: { articleId: string; lines: Line[] }) {
  return (
    <>
      <ol className="space-y-2">
        {lines.slice(0, 4).map((line) => (
          <li key={line.id} className="min-w-0">
            <span className="text-[0.9rem]">
              <Moment date={line.savedAt} />
            </span>
            <span className="block text-[0.85rem] wrap-anywhere text-muted">
              {line.savedBy ?? 'nobody known'} · {words(line.wordCount)}
            </span>
            <Marks line={line} />
          </li>
        ))}
      </ol>
      <a
        href={`/dashboard/articles/${articleId}/revisions`}
        className="link mt-3 inline-block py-1"
      >
        All revisions, and what changed
      </a>
    </>
  );
}

/** An article's history: any two of its lines can be compared, and each has the ways to see what it changed. */
export function RevisionList({
  articleId,
  lines,
  earlierId,
  draftId,
}: {
  articleId: string;
  lines: Line[];
  /** The revision before the last of the lines. */
  earlierId: string | null;
  /** The one that is worked on, on whichever page it stands. */
  draftId: string;
}) {
  const address = (from: string, to: string) =>
    `/dashboard/articles/${articleId}/revisions?${new URLSearchParams({ from, to })}`;
  const several = lines.length > 1;
  return (
    <form aria-label="Compare two revisions">
      {several && (
        <p className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-2">
          <button type="submit" className="button button-quiet">
            Compare the chosen two
          </button>
          <span className="text-[0.9rem] text-muted">On the left from, on the right to.</span>
        </p>
      )}
      <ol className="border-t border-rule">
        {lines.map((line, index) => {
          const beforeId = lines[index + 1]?.id ?? earlierId;
          return (
            <li
              key={line.id}
              className="grid gap-x-6 gap-y-1 border-b border-rule py-3 md:grid-cols-[6.5rem_minmax(0,1fr)_auto]"
            >
              <div className="flex items-center gap-x-1 self-start text-muted">
                {several && <Choice name="from" line={line} chosen={index === 1} />}
                {several && <Choice name="to" line={line} chosen={index === 0} />}
                <span className={several ? 'ml-2' : ''}>{line.number}</span>
              </div>
              <div className="min-w-0">
                <p className="wrap-anywhere">
                  <Moment date={line.savedAt} />
                  <span className="text-muted">
                    {' '}
                    · {line.savedBy ?? 'nobody known'} · {words(line.wordCount)}
                  </span>
                </p>
                <Marks line={line} />
              </div>
              <p className="flex flex-wrap gap-x-5 text-[0.95rem]">
                {beforeId && (
                  <a href={address(beforeId, line.id)} className="link py-1">
                    What changed<span className="sr-only"> in revision {line.number}</span>
                  </a>
                )}
                {!line.isDraft && (
                  <a href={address(draftId, line.id)} className="link py-1">
                    Compare with now
                    <span className="sr-only">: revision {line.number}</span>
                  </a>
                )}
              </p>
            </li>
          );
        })}
      </ol>
    </form>
  );
}

/** One side of a comparison. */
function Choice({ name, line, chosen }: { name: 'from' | 'to'; line: Line; chosen: boolean }) {
  return (
    <label className="flex size-6 items-center justify-center">
      <input type="radio" name={name} value={line.id} defaultChecked={chosen} />
      <span className="sr-only">
        {name === 'from' ? 'From' : 'To'} revision {line.number}
      </span>
    </label>
  );
}

function Marks({ line }: { line: Line }) {
  const marks = [
    line.isDraft && 'worked on',
    line.isPublic ? 'on the site' : line.publishedAt && 'was on the site',
    line.origin === 'restored' && 'brought back',
    line.origin === 'aside' && 'kept aside',
  ].filter((mark) => typeof mark === 'string');
  if (marks.length === 0) return null;
  return (
    <p className="mt-1 flex flex-wrap gap-2">
      {marks.map((mark) => (
        <State key={mark} strong={mark === 'kept aside'}>
          {mark}
        </State>
      ))}
    </p>
  );
}

function words(count: number): string {
  return count === 1 ? '1 word' : `${count.toLocaleString('en')} words`;
}
