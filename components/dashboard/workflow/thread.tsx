'use client';

import { useCallback, useState } from 'react';
import {
  ActionForm,
  type FormAction,
  type FormAnswer,
} from '#components/dashboard/action-form.tsx';
import { State } from '#components/dashboard/heading.tsx';
import { Moment } from '#components/dashboard/moment.tsx';
import { MentionField } from '#components/dashboard/workflow/mention.tsx';
import { type Colleague, mentionParts } from '#lib/workflow/rules.ts';

export type CommentLine = {
  id: string;
  who: string;
  text: string;
  createdAt: Date;
  changedAt: Date | null;
  mine: boolean;
  mayDelete: boolean;
};

export type ThreadLine = CommentLine & {
  anchor: { quote: string; before: string; after: string } | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  answers: CommentLine[];
};

/** A remark with its answers. `place`: whether its words stand in the text; unknown as long as the editor isn't there. */
export function CommentThread({
  thread,
  place,
  active,
  people,
  change,
  show,
}: {
  thread: ThreadLine;
  place: 'there' | 'gone' | 'unknown';
  active: boolean;
  people: readonly Colleague[];
  change: FormAction;
  /** Goes to the words in the text. */
  show: () => void;
}) {
  const [answering, setAnswering] = useState(false);
  const answered = useClosing(change, () => setAnswering(false));
  const { id, anchor, resolvedAt, resolvedBy, answers } = thread;
  return (
    <li
      id={`comment-${id}`}
      tabIndex={-1}
      aria-current={active || undefined}
      className={`mb-4 scroll-my-6 border-l-4 pl-3 ${active ? 'border-accent bg-raised py-2' : 'border-rule'}`}
    >
      {anchor && <Words quote={anchor.quote} place={place} show={show} />}
      {resolvedAt && (
        <p className="mb-1 text-[0.85rem] text-muted">
          <State>resolved</State> by {resolvedBy ?? 'an account that is gone'},{' '}
          <Moment date={resolvedAt} />
        </p>
      )}
      <One comment={thread} people={people} change={change} />
      {answers.length > 0 && (
        <ol aria-label="Answers" className="mt-2 space-y-2 border-l border-rule pl-3">
          {answers.map((answer) => (
            <li key={answer.id} id={`comment-${answer.id}`} tabIndex={-1} className="scroll-my-6">
              <One comment={answer} people={people} change={change} />
            </li>
          ))}
        </ol>
      )}
      {answering ? (
        <ActionForm action={answered} label="Answer" className="mt-2">
          <input type="hidden" name="intent" value={`answer ${id}`} />
          <MentionField label="Your answer" people={people} focused />
          <div className="mt-2 flex flex-wrap gap-2">
            <button type="submit" className="button">
              Send the answer
            </button>
            <button
              type="button"
              className="button button-quiet"
              onClick={() => setAnswering(false)}
            >
              Never mind
            </button>
          </div>
        </ActionForm>
      ) : (
        <ActionForm action={change} label={`Thread of ${thread.who}`}>
          <div className="mt-1 flex flex-wrap gap-x-4">
            <button type="button" className={quiet} onClick={() => setAnswering(true)}>
              Answer
            </button>
            <button
              type="submit"
              name="intent"
              value={`${resolvedAt ? 'reopen' : 'resolve'} ${id}`}
              className={quiet}
            >
              {resolvedAt ? 'Open again' : 'Resolve'}
            </button>
          </div>
        </ActionForm>
      )}
    </li>
  );
}

const quiet =
  'link inline-block min-h-6 py-1 text-[0.9rem] pointer-coarse:min-h-11 pointer-coarse:py-3';

function Words({
  quote,
  place,
  show,
}: {
  quote: string;
  place: 'there' | 'gone' | 'unknown';
  show: () => void;
}) {
  const words = <span className="line-clamp-2">“{quote}”</span>;
  if (place === 'gone') {
    return (
      <div className="mb-1 font-serif text-muted italic">
        {words}
        <span className="font-sans text-[0.85rem] not-italic">
          The words are gone from the text.
        </span>
      </div>
    );
  }
  return (
    <button
      type="button"
      onClick={show}
      className="quiet-link mb-1 min-h-6 text-left font-serif text-muted italic"
    >
      <span className="sr-only">Show in the text: </span>
      {words}
    </button>
  );
}

/** One person's words, with what may be done to them. */
function One({
  comment,
  people,
  change,
}: {
  comment: CommentLine;
  people: readonly Colleague[];
  change: FormAction;
}) {
  const { id, who, text, createdAt, changedAt, mine, mayDelete } = comment;
  const [doing, setDoing] = useState<'change' | 'delete' | null>(null);
  const finished = useClosing(change, () => setDoing(null));
  const leave = (
    <button type="button" className="button button-quiet" onClick={() => setDoing(null)}>
      Never mind
    </button>
  );
  return (
    <>
      <p className="text-[0.85rem] text-muted">
        <span className="font-semibold text-ink">{who}</span> <Moment date={createdAt} />
        {changedAt && ', changed'}
      </p>
      {doing === 'change' ? (
        <ActionForm action={finished} label="Change the comment" className="mt-1">
          <input type="hidden" name="intent" value={`change ${id}`} />
          <MentionField label="Your comment" people={people} defaultValue={text} focused />
          <div className="mt-2 flex flex-wrap gap-2">
            <button type="submit" className="button">
              Save the comment
            </button>
            {leave}
          </div>
        </ActionForm>
      ) : (
        <p className="wrap-anywhere whitespace-pre-wrap">
          {mentionParts(text, people).map((part, index) =>
            part.userId ? <strong key={index}>{part.text}</strong> : part.text,
          )}
        </p>
      )}
      {doing === 'delete' && (
        <ActionForm action={finished} label="Delete the comment" className="mt-1">
          <p className="mb-2">Delete it for good?</p>
          <div className="flex flex-wrap gap-2">
            <button type="submit" name="intent" value={`delete ${id}`} className="button">
              Delete it
            </button>
            {leave}
          </div>
        </ActionForm>
      )}
      {doing === null && (mine || mayDelete) && (
        <p className="flex flex-wrap gap-x-4">
          {mine && (
            <button type="button" className={quiet} onClick={() => setDoing('change')}>
              Edit
            </button>
          )}
          {mayDelete && (
            <button type="button" className={quiet} onClick={() => setDoing('delete')}>
              Delete<span className="sr-only"> the comment of {who}</span>
            </button>
          )}
        </p>
      )}
    </>
  );
}

/** The action, and after it was done what closes its form. */
function useClosing(action: FormAction, close: () => void): FormAction {
  return useCallback(
    async (before: FormAnswer | null, form: FormData) => {
      const answer = await action(before, form);
      if (answer.ok) close();
      return answer;
    },
    [action, close],
  );
}
