'use client';

import type { EditorView } from '@tiptap/pm/view';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  ActionForm,
  type FormAction,
  type FormAnswer,
} from '#components/dashboard/action-form.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { MentionField } from '#components/dashboard/workflow/mention.tsx';
import { CommentThread, type ThreadLine } from '#components/dashboard/workflow/thread.tsx';
import { anchorOf } from '#components/editor/anchor.ts';
import { markedRanges } from '#components/editor/comment-anchors.ts';
import { useCommentedText, useMarks } from '#components/editor/commented-text.tsx';
import type { Colleague } from '#lib/workflow/rules.ts';

/** What is said about an article, in the order of its text, and the way from each remark to its words and back. */
export function CommentsPanel({
  articleId,
  threads,
  people,
  write,
  change,
}: {
  articleId: string;
  threads: ThreadLine[];
  people: Colleague[];
  write: FormAction;
  change: FormAction;
}) {
  const { editor, active, setActive, draft, setDraft } = useCommentedText();
  const [resolvedToo, setResolvedToo] = useState(false);
  const [said, setSaid] = useState('');
  const begin = useRef<HTMLButtonElement>(null);
  const resolved = threads.filter(({ resolvedAt }) => resolvedAt);
  const shown = useMemo(
    () => threads.filter(({ resolvedAt }) => resolvedToo || !resolvedAt),
    [threads, resolvedToo],
  );
  const marked = useMemo(
    () => shown.flatMap(({ id, anchor }) => (anchor ? [{ id, anchor }] : [])),
    [shown],
  );
  const places = useMarks(marked);
  const sorted = useMemo(() => inTextOrder(shown, places), [shown, places]);

  const opened = useRef(false);
  useEffect(() => {
    // Only what the page was opened with: later on the person decides.
    if (opened.current) return;
    opened.current = true;
    const id = /^#comment-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
    const thread = threads.find(
      (one) => one.id === id || one.answers.some((answer) => answer.id === id),
    );
    if (!thread || !id) return;
    if (thread.resolvedAt) setResolvedToo(true);
    setActive({ id: thread.id, by: 'keys' });
  }, [threads, setActive]);

  useEffect(() => {
    if (!active || active.by === 'panel') return;
    const thread = document.getElementById(`comment-${active.id}`);
    // Beside the text it comes into sight by itself; below it, only who asks is taken away from the text.
    const beside = window.matchMedia('(min-width: 64rem)').matches;
    if (active.by === 'keys') thread?.focus({ preventScroll: true });
    if (active.by === 'keys' || beside) thread?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const finish = useCallback(
    async (before: FormAnswer | null, form: FormData) => {
      const answer = await write(before, form);
      if (answer.ok) {
        setDraft(null);
        setSaid(answer.message);
        begin.current?.focus();
      }
      return answer;
    },
    [write, setDraft],
  );
  const show = (id: string) => {
    setActive({ id, by: 'panel' });
    const range = editor && markedRanges(editor.state).get(id);
    if (range) editor.chain().setTextSelection(range).focus().scrollIntoView().run();
    // A text that rests can't be focused, so that it doesn't show its selection by itself.
    if (range && !editor.isEditable) selectIn(editor.view, range);
  };
  return (
    <Panel
      title="Comments"
      aside={
        <button
          ref={begin}
          type="button"
          className="link min-h-6 pointer-coarse:min-h-11"
          title="Ctrl+Alt+M in the text"
          aria-expanded={draft !== null}
          onClick={() => {
            setSaid('');
            setDraft({
              anchor: editor ? anchorOf(editor.state.doc, editor.state.selection) : null,
            });
          }}
        >
          Comment
        </button>
      }
    >
      {draft && (
        <ActionForm
          key={draft.anchor?.quote ?? ''}
          action={finish}
          label="New comment"
          className="mb-4 border border-ink p-3"
        >
          <input type="hidden" name="id" value={articleId} />
          <input
            type="hidden"
            name="anchor"
            value={draft.anchor ? JSON.stringify(draft.anchor) : ''}
          />
          {draft.anchor && (
            <p className="mb-2 line-clamp-3 font-serif text-muted italic">“{draft.anchor.quote}”</p>
          )}
          <MentionField
            label={draft.anchor ? 'On these words' : 'On the article as a whole'}
            people={people}
            focused
          />
          <div className="mt-2 flex flex-wrap gap-2">
            <button type="submit" className="button">
              Comment
            </button>
            <button
              type="button"
              className="button button-quiet"
              onClick={() => {
                setDraft(null);
                begin.current?.focus();
              }}
            >
              Never mind
            </button>
          </div>
        </ActionForm>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
      {sorted.length === 0 && !draft && (
        <p className="text-muted">
          Nothing is open. Select words in the text to say something about them.
        </p>
      )}
      <ol>
        {sorted.map((thread) => (
          <CommentThread
            key={thread.id}
            thread={thread}
            place={places === null ? 'unknown' : places.has(thread.id) ? 'there' : 'gone'}
            active={active?.id === thread.id}
            people={people}
            change={change}
            show={() => show(thread.id)}
          />
        ))}
      </ol>
      {resolved.length > 0 && (
        <button
          type="button"
          className="link min-h-6 text-[0.9rem] pointer-coarse:min-h-11"
          aria-pressed={resolvedToo}
          onClick={() => setResolvedToo(!resolvedToo)}
        >
          {resolvedToo ? 'Hide' : 'Show'} resolved ({resolved.length})
        </button>
      )}
    </Panel>
  );
}

/** What is about all of the article first, then as the words stand in the text, at last those whose words are gone. */
function inTextOrder(
  threads: ThreadLine[],
  places: ReadonlyMap<string, number> | null,
): ThreadLine[] {
  if (!places) return threads;
  const place = ({ id, anchor }: ThreadLine) =>
    anchor ? (places.get(id) ?? Number.POSITIVE_INFINITY) : -1;
  return threads.toSorted((a, b) => {
    const [one, other] = [place(a), place(b)];
    return one === other ? 0 : one - other;
  });
}

function selectIn(view: EditorView, { from, to }: { from: number; to: number }): void {
  const [start, end] = [view.domAtPos(from), view.domAtPos(to)];
  getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
}
