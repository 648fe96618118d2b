'use client';

import {
  createContext,
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useContext,
  useId,
} from 'react';
import { useProof } from '#components/security/proof.tsx';

/** What an action tells its form: how it went, and a message for each field that was refused. */
export type FormAnswer = {
  ok: boolean;
  message: string;
  fields: Record<string, string>;
  /** Nothing was done yet: it goes on when the second factor was proved. */
  ask?: 'proof';
};

export type FormAction = (before: FormAnswer | null, form: FormData) => Promise<FormAnswer>;

/** What was answered last, for the fields below it. */
export const Answer = createContext<FormAnswer | null>(null);

/**
 * A form that keeps what was typed whatever the server answers, and shows each message beside its field. The button that
 * was pressed goes along as its name and value. Where the server asks for the second factor first, the same is sent again
 * once that was proved.
 */
export function ActionForm({
  action,
  children,
  className,
  label,
}: {
  action: FormAction;
  children: ReactNode;
  className?: string;
  label?: string;
}) {
  const prove = useProof();
  const [answer, run, pending] = useActionState<FormAnswer | null, FormData>(
    async (before, form) => {
      const first = await action(before, form);
      return first.ask && prove && (await prove()) ? action(before, form) : first;
    },
    null,
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    // Not React's own form action: that one empties the fields after each answer.
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const form = new FormData(event.currentTarget, submitter);
    startTransition(() => run(form));
  };
  return (
    <form onSubmit={send} className={className} aria-label={label} aria-busy={pending} noValidate>
      <Answer value={answer}>
        {children}
        <p
          role={answer && !answer.ok ? 'alert' : 'status'}
          className={`mt-3 min-h-6 text-[0.95rem] wrap-anywhere ${answer && !answer.ok ? 'text-accent' : 'text-muted'}`}
        >
          {pending ? 'Working…' : answer?.message}
        </p>
      </Answer>
    </form>
  );
}

type Shared = { name: string; label: string; hint?: string; className?: string };

/**
 * A labelled control with its hint and the server's message. `children` gets the attributes that tie them together. The
 * page that was left stays in the document, hidden, and may have fields of the same names: ids are made, not named.
 */
function Labelled({
  name,
  label,
  hint,
  className,
  children,
}: Shared & {
  children: (tie: {
    id: string;
    name: string;
    className: string;
    'aria-invalid': true | undefined;
    'aria-describedby': string | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const error = useContext(Answer)?.fields[name];
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <label htmlFor={id} className="block text-[0.9rem] font-semibold">
        {label}
      </label>
      {children({
        id,
        name,
        className: 'field mt-1',
        'aria-invalid': error ? true : undefined,
        'aria-describedby': described || undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-[0.85rem] text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-[0.9rem] text-accent">
          {error}
        </p>
      )}
    </div>
  );
}

export function TextField({
  type = 'text',
  defaultValue,
  ...shared
}: Shared & {
  type?: 'text' | 'email' | 'number' | 'date' | 'datetime-local' | 'url';
  defaultValue?: string | number;
}) {
  return (
    <Labelled {...shared}>
      {(tie) => <input {...tie} type={type} defaultValue={defaultValue} />}
    </Labelled>
  );
}

export function TextArea({
  rows = 3,
  defaultValue,
  ...shared
}: Shared & { rows?: number; defaultValue?: string }) {
  return (
    <Labelled {...shared}>
      {(tie) => <textarea {...tie} rows={rows} defaultValue={defaultValue} />}
    </Labelled>
  );
}

export function Choice({
  options,
  defaultValue,
  ...shared
}: Shared & { options: { value: string; label: string }[]; defaultValue?: string }) {
  return (
    <Labelled {...shared}>
      {(tie) => (
        <select {...tie} defaultValue={defaultValue}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** The server's message for a field that is more than one control. */
export function FieldMessage({ name }: { name: string }) {
  const error = useContext(Answer)?.fields[name];
  return error ? (
    <p id={`${name}-error`} className="mt-1 text-[0.9rem] text-accent">
      {error}
    </p>
  ) : null;
}
