'use client';

import { type FormEvent, startTransition, useActionState, useId, useState } from 'react';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';

type Report = {
  added: number;
  present: number;
  refused: { from: string; to: string; why: string }[];
};
export type ImportAnswer = FormAnswer & { report?: Report };
export type ImportAction = (before: ImportAnswer | null, form: FormData) => Promise<ImportAnswer>;

/** So many refusals are shown; the rest are counted. */
const shown = 50;

/** Takes in a whole list: shows what would happen, and does it when the button under that is pressed. */
export function RedirectImport({ run }: { run: ImportAction }) {
  const [answer, send, pending] = useActionState(run, null);
  const [text, setText] = useState('');
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const form = new FormData(event.currentTarget, submitter);
    startTransition(() => send(form));
  };
  const read = async (file: File | undefined) => {
    if (file) setText(await file.text());
  };
  return (
    <form onSubmit={submit} aria-label="Import redirects" aria-busy={pending} className="max-w-3xl">
      <label htmlFor={`${id}-list`} className="block text-[0.9rem] font-semibold">
        The list
      </label>
      <textarea
        id={`${id}-list`}
        name="list"
        rows={8}
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-describedby={`${id}-hint`}
        spellCheck={false}
        className="field mt-1 font-mono text-[0.85rem]"
      />
      <p id={`${id}-hint`} className="mt-1 text-[0.85rem] text-muted">
        One redirect a line: the old address, then a comma, a semicolon or a tab, then where it
        leads.
      </p>
      <label htmlFor={`${id}-file`} className="mt-3 block text-[0.9rem] font-semibold">
        Or a CSV file
      </label>
      <input
        id={`${id}-file`}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        onChange={(event) => read(event.target.files?.[0])}
        className="field mt-1"
      />
      <button type="submit" name="intent" value="preview" className="button button-quiet mt-4">
        Preview
      </button>
      <div aria-live="polite" className="mt-3 min-h-6">
        {pending ? (
          <p className="text-muted">Working…</p>
        ) : (
          answer && <p className={answer.ok ? '' : 'text-accent'}>{answer.message}</p>
        )}
        {!pending && answer?.report && <Refusals refused={answer.report.refused} />}
      </div>
      {!pending && answer?.report && answer.report.added > 0 && (
        <button type="submit" name="intent" value="import" className="button mt-3">
          Import {answer.report.added}
        </button>
      )}
    </form>
  );
}

function Refusals({ refused }: { refused: Report['refused'] }) {
  if (refused.length === 0) return null;
  return (
    <ul className="mt-2 border-t border-rule">
      {refused.slice(0, shown).map(({ from, to, why }, index) => (
        <li key={index} className="border-b border-rule py-1.5">
          <span className="font-mono text-[0.85rem] wrap-anywhere">
            {from} → {to || '…'}
          </span>
          <span className="block text-accent">{why}</span>
        </li>
      ))}
      {refused.length > shown && (
        <li className="py-1.5 text-muted">and {refused.length - shown} more</li>
      )}
    </ul>
  );
}
