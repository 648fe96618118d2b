'use client';

import { useEffect, useRef } from 'react';
import { Comparison } from '#components/dashboard/desk/comparison.tsx';
import type { Aside, Writer } from '#components/dashboard/desk/replies.ts';
import { timeOf } from '#components/dashboard/desk/save-line.tsx';

/** Who writes in another window, and the way in. */
export function WriterNotice({
  writer,
  whyNot,
  takeOver,
}: {
  writer: Writer | null;
  whyNot: string | null;
  takeOver: () => void;
}) {
  if (whyNot) {
    return (
      <p role="status" className={box}>
        You may read this article here, but not change it now. {whyNot}
      </p>
    );
  }
  if (!writer) return null;
  const since = timeOf(new Date(writer.since));
  return (
    <div className={`${box} flex flex-wrap items-center gap-x-6 gap-y-3`}>
      <p role="status" className="min-w-0 flex-1 basis-64">
        {writer.own ? (
          <>
            You have this article open in <strong>another window</strong>, since {since}.
          </>
        ) : (
          <>
            <strong>{writer.name}</strong> is writing here since {since}.
          </>
        )}{' '}
        You read along: the text follows every few seconds.
      </p>
      <button type="button" className="button button-quiet" onClick={takeOver}>
        {writer.own ? 'Write here instead' : 'Take over'}
      </button>
    </div>
  );
}

/** Two texts where one was meant: what differs, and what can be done. Focus goes there, since typing has stopped. */
export function AsideNotice({
  articleId,
  aside,
  rests,
  goOn,
}: {
  articleId: string;
  aside: Aside;
  /** The article can't be changed by this person now. */
  rests: boolean;
  goOn: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { message, by, at, asideId, draftId, comparison } = aside;
  return (
    <section aria-label="Both texts kept" className={box}>
      <h2 ref={heading} tabIndex={-1} className="font-semibold outline-none">
        Both texts are kept
      </h2>
      <p role="alert" className="mt-1">
        {message} {by && `What you see now was saved by ${by} at ${timeOf(new Date(at))}.`}
      </p>
      <details className="mt-3">
        <summary className="min-h-6 cursor-pointer underline">
          What your text has that this one hasn’t
        </summary>
        <div className="mt-3 max-h-[60vh] overflow-y-auto border-y border-rule bg-paper px-3">
          <Comparison comparison={comparison} />
        </div>
      </details>
      <div className="mt-4 flex flex-wrap gap-3">
        <button type="button" className="button" onClick={goOn}>
          {rests ? 'Read this text' : 'Go on with this text'}
        </button>
        <a
          href={`/dashboard/articles/${articleId}/revisions?from=${draftId}&to=${asideId}`}
          className="button button-quiet"
        >
          {rests ? 'Compare' : 'Compare, or bring mine back'}
        </a>
      </div>
    </section>
  );
}

const box = 'mb-6 border border-accent bg-raised p-4';
