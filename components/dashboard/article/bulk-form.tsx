'use client';

import {
  type FormEvent,
  type MouseEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { type BulkAction, BulkChoice } from '#components/dashboard/article/bulk-choice.tsx';

/** How it went: a sentence for all, and each refusal with its reason. */
export type BulkAnswer = FormAnswer & { refused: { id: string; title: string; why: string }[] };

/**
 * A list whose rows can be chosen (`BulkBox`), and what can be done to the chosen ones. A click with Shift chooses the
 * rows in between. `matching`: how many the whole list has, of which at most `bound` are changed in one go.
 */
export function BulkForm({
  action,
  actions,
  filters,
  shown,
  matching,
  bound,
  children,
}: {
  action: (before: BulkAnswer | null, form: FormData) => Promise<BulkAnswer>;
  actions: BulkAction[];
  /** What the list was asked for, which goes along. */
  filters: Record<string, string>;
  shown: number;
  matching: number;
  bound: number;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const last = useRef<HTMLInputElement | null>(null);
  const [count, setCount] = useState(0);
  const [all, setAll] = useState(false);
  const [what, setWhat] = useState('');
  const [sure, setSure] = useState(false);
  const [answer, run, pending] = useActionState(action, null);
  const chosen = actions.find(({ value }) => value === what);
  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>('[name="id"]') ?? [])];
  const recount = () => {
    const found = boxes().filter(({ checked }) => checked).length;
    setCount(found);
    if (found < shown) setAll(false);
    setSure(false);
  };
  const check = (wanted: (box: HTMLInputElement) => boolean) => {
    for (const box of boxes()) box.checked = wanted(box);
    recount();
  };
  // What was done is no longer chosen; what was refused still is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer.
  useEffect(() => {
    if (!answer?.ok && !answer?.refused.length) return;
    const refused = new Set(answer.refused.map(({ id }) => id));
    setAll(false);
    check((box) => refused.has(box.value));
  }, [answer]);

  const onClick = ({ target, shiftKey }: MouseEvent) => {
    if (!(target instanceof HTMLInputElement) || target.name !== 'id') return;
    const rows = boxes();
    const [from, to] = [last.current ? rows.indexOf(last.current) : -1, rows.indexOf(target)];
    if (shiftKey && from >= 0) {
      const [first, end] = [Math.min(from, to), Math.max(from, to)];
      for (const box of rows.slice(first, end + 1)) box.checked = target.checked;
    }
    last.current = target;
    recount();
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (chosen?.grave && !sure) return setSure(true);
    const sent = new FormData(event.currentTarget);
    startTransition(() => run(sent));
  };
  const many = all ? Math.min(matching, bound) : count;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a box that is pressed by key clicks, too; Shift is for mice.
    <form
      ref={form}
      onSubmit={send}
      onClick={onClick}
      aria-label="Change several"
      aria-busy={pending}
    >
      {Object.entries(filters).map(([name, value]) => (
        <input key={name} type="hidden" name={`filter-${name}`} value={value} />
      ))}
      {all && <input type="hidden" name="all" value="on" />}
      <div className="mb-2 flex flex-wrap items-end gap-x-4 gap-y-2">
        {shown > 0 && (
          <label className="flex min-h-11 items-center gap-2 pl-2">
            <input
              type="checkbox"
              className="size-4.5 accent-(--accent)"
              checked={shown > 0 && count === shown}
              onChange={({ target }) => check(() => target.checked)}
            />
            All on this page
          </label>
        )}
        {count === shown && matching > shown && (
          <label className="flex min-h-11 items-center gap-2">
            <input
              type="checkbox"
              className="size-4.5 accent-(--accent)"
              checked={all}
              onChange={({ target }) => setAll(target.checked)}
            />
            {matching > bound ? `The first ${bound} of ${matching}` : `All ${matching} that fit`}
          </label>
        )}
        {count > 0 && (
          <>
            <BulkChoice
              actions={actions}
              chosen={chosen}
              choose={(value) => {
                setWhat(value);
                setSure(false);
              }}
            />
            <button type="submit" className="button button-quiet" disabled={!chosen || pending}>
              {sure ? `Yes, ${chosen?.label.toLowerCase()}: ${many}` : `Apply to ${many}`}
            </button>
          </>
        )}
      </div>
      <div role={answer && !answer.ok ? 'alert' : 'status'} className="mb-2 text-[0.95rem]">
        {pending ? 'Working…' : answer?.message}
        {!pending && answer && answer.refused.length > 0 && (
          <ul className="mt-1 list-disc pl-5 text-accent">
            {answer.refused.map(({ id, title, why }) => (
              <li key={id} className="wrap-anywhere">
                “{title}”: {why}
              </li>
            ))}
          </ul>
        )}
      </div>
      {children}
    </form>
  );
}
