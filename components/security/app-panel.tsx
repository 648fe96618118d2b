'use client';

import { type FormEvent, useId, useState } from 'react';
import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { Refusal } from './codes.tsx';
import { type Told, useTold } from './told.ts';

export type AppActions = {
  begin: () => Promise<Told<{ secret: string; picture: string }>>;
  confirm: (code: string) => Promise<Told<{ codes: string[] }>>;
  remove: FormAction;
};

/** Sets an authenticator app up in two steps, photograph and first code, or removes the one there is. */
export function AppPanel({
  on,
  actions,
  show,
}: {
  on: boolean;
  actions: AppActions;
  show: (codes: string[]) => void;
}) {
  const { busy, message, setMessage, call } = useTold();
  const [offer, setOffer] = useState<{ secret: string; picture: string } | null>(null);
  const begin = async () => setOffer(await call(actions.begin));
  const confirm = async (code: string) => {
    const confirmed = await call(() => actions.confirm(code));
    if (!confirmed) return;
    setOffer(null);
    show(confirmed.codes);
  };
  return (
    <Panel title="Authenticator app">
      <ActionForm action={actions.remove} label="Authenticator app">
        {on ? (
          <>
            <p className="mb-3">An app on your telephone makes codes for this account.</p>
            <button type="submit" className="button button-quiet">
              Remove the app
            </button>
          </>
        ) : (
          !offer && (
            <p>
              An app on your telephone, or a password manager, makes a new code every half minute.
            </p>
          )
        )}
      </ActionForm>
      {!on && !offer && (
        <>
          <button type="button" className="button" onClick={begin} disabled={busy}>
            Set up an app
          </button>
          <Refusal message={message} />
        </>
      )}
      {!on && offer && (
        <SetUp
          offer={offer}
          busy={busy}
          message={message}
          confirm={confirm}
          cancel={() => {
            setOffer(null);
            setMessage('');
          }}
        />
      )}
    </Panel>
  );
}

function SetUp({
  offer,
  busy,
  message,
  confirm,
  cancel,
}: {
  offer: { secret: string; picture: string };
  busy: boolean;
  message: string;
  confirm: (code: string) => Promise<void>;
  cancel: () => void;
}) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = new FormData(event.currentTarget).get('code');
    void confirm(typeof code === 'string' ? code : '');
  };
  return (
    <form
      onSubmit={submit}
      aria-label="Set up an app"
      noValidate
      className="grid gap-6 sm:grid-cols-[auto_minmax(0,1fr)]"
    >
      <img
        src={offer.picture}
        alt="A square code for your app to photograph"
        width={208}
        height={208}
        className="size-52 bg-white"
      />
      <div className="max-w-md">
        <p>Photograph this with your app, or type the key into it:</p>
        <p className="mt-1 mb-4 font-mono text-[0.95rem] wrap-anywhere select-all">
          {offer.secret}
        </p>
        <label htmlFor={id} className="block text-[0.9rem] font-semibold">
          The code that the app shows now
        </label>
        <input
          id={id}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          className="field mt-1 max-w-40"
          aria-invalid={message ? true : undefined}
          aria-describedby={`${id}-refusal`}
        />
        <div id={`${id}-refusal`}>
          <Refusal message={message} />
        </div>
        <div className="flex flex-wrap gap-3">
          <button type="submit" className="button" disabled={busy}>
            {busy ? 'Working…' : 'Confirm'}
          </button>
          <button type="button" className="button button-quiet" onClick={cancel}>
            Cancel
          </button>
        </div>
      </div>
    </form>
  );
}
