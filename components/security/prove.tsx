'use client';

import { type FormEvent, useId, useState } from 'react';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import type { Ways } from '#lib/users/rules.ts';
import { signWithPasskey } from './passkey.ts';

/** The server's side of proving oneself. */
export type Prover = {
  ways: Ways;
  begin: () => Promise<
    { ok: true; options: PublicKeyCredentialRequestOptionsJSON } | { ok: false; message: string }
  >;
  byPasskey: (answer: unknown) => Promise<FormAnswer>;
  byCode: (code: string) => Promise<FormAnswer>;
};

/** Asks for the second factor in each way that its owner has, and says when it was proved. */
export function Prove({ prover, done }: { prover: Prover; done: () => void }) {
  const { ways } = prover;
  const [onPaper, setOnPaper] = useState(!ways.app);
  const [message, setMessage] = useState('');
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<{ ok: boolean; message: string }>) => {
    setBusy(true);
    setMessage('');
    const answer = await work().catch(() => ({
      ok: false,
      message: 'The server did not answer. Please try again.',
    }));
    setBusy(false);
    if (answer.ok) done();
    else setMessage(answer.message);
  };
  const byPasskey = () =>
    run(async () => {
      const begun = await prover.begin();
      if (!begun.ok) return begun;
      const signed = await signWithPasskey(begun.options);
      return signed.ok ? prover.byPasskey(signed.answer) : signed;
    });
  return (
    <div aria-busy={busy}>
      {ways.passkey && (
        <>
          <button type="button" className="button w-full" onClick={byPasskey} disabled={busy}>
            Use a passkey
          </button>
          <p className="my-4 flex items-center gap-3 text-muted before:h-px before:flex-1 before:bg-rule after:h-px after:flex-1 after:bg-rule">
            or
          </p>
        </>
      )}
      <CodeForm
        key={onPaper ? 'paper' : 'app'}
        onPaper={onPaper}
        busy={busy}
        refused={message !== ''}
        send={(code) => run(() => prover.byCode(code))}
      />
      <p role="alert" className="mt-3 min-h-6 text-accent">
        {message}
      </p>
      {ways.app && (
        <button
          type="button"
          className="link mt-1 min-h-8 text-[0.95rem]"
          onClick={() => {
            setMessage('');
            setOnPaper(!onPaper);
          }}
        >
          {onPaper ? 'Use the authenticator app' : 'Use a recovery code'}
        </button>
      )}
    </div>
  );
}

function CodeForm({
  onPaper,
  busy,
  refused,
  send,
}: {
  onPaper: boolean;
  busy: boolean;
  refused: boolean;
  send: (code: string) => void;
}) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = new FormData(event.currentTarget).get('code');
    send(typeof code === 'string' ? code : '');
  };
  return (
    <form onSubmit={submit} noValidate>
      <label htmlFor={id} className="block font-semibold">
        {onPaper ? 'Recovery code' : 'Code of your authenticator app'}
      </label>
      <input
        id={id}
        name="code"
        className="field mt-1"
        autoComplete={onPaper ? 'off' : 'one-time-code'}
        inputMode={onPaper ? 'text' : 'numeric'}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        aria-invalid={refused ? true : undefined}
        aria-describedby={`${id}-hint`}
      />
      <p id={`${id}-hint`} className="mt-1 text-[0.85rem] text-muted">
        {onPaper ? 'One of the ten codes you printed or saved; each works once.' : 'Six digits.'}
      </p>
      <button type="submit" className="button mt-3 w-full" disabled={busy}>
        {busy ? 'Working…' : 'Confirm'}
      </button>
    </form>
  );
}
