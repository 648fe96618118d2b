'use client';

import { type FormEvent, useId } from 'react';
import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { Refusal } from './codes.tsx';
import { makePasskey } from './passkey.ts';
import { type Passkey, PasskeyRow } from './passkey-row.tsx';
import { type Told, useTold } from './told.ts';

export type PasskeyActions = {
  begin: () => Promise<Told<PublicKeyCredentialCreationOptionsJSON>>;
  add: (answer: unknown, name: string) => Promise<Told<{ codes: string[] }>>;
  rename: (id: string, name: string) => Promise<Told<undefined>>;
  remove: FormAction;
};

/** The person's passkeys, each to be renamed or removed, and a way to one more. */
export function PasskeyPanel({
  keys,
  actions,
  show,
}: {
  keys: Passkey[];
  actions: PasskeyActions;
  show: (codes: string[]) => void;
}) {
  const { busy, message, setMessage, call } = useTold();
  const id = useId();
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get('name') ?? '').trim();
    if (!name) return setMessage('Write a name, such as “Laptop” or “Key on the ring”.');
    const options = await call(actions.begin);
    if (!options) return;
    const made = await makePasskey(options);
    if (!made.ok) return setMessage(made.message);
    const added = await call(() => actions.add(made.answer, name));
    if (!added) return;
    form.reset();
    show(added.codes);
  };
  return (
    <Panel title="Passkeys">
      <ActionForm action={actions.remove} label="Passkeys">
        {keys.length === 0 ? (
          <p>
            A passkey lives in a telephone, a computer or a key that you touch. It is the safest.
          </p>
        ) : (
          <ul>
            {keys.map((key) => (
              <PasskeyRow key={key.id} passkey={key} rename={actions.rename} />
            ))}
          </ul>
        )}
      </ActionForm>
      <form onSubmit={add} noValidate aria-label="Add a passkey" className="max-w-md">
        <label htmlFor={id} className="block text-[0.9rem] font-semibold">
          Name of a new passkey
        </label>
        <div className="mt-1 flex flex-wrap gap-3">
          <input
            id={id}
            name="name"
            maxLength={60}
            autoComplete="off"
            className="field min-w-0 flex-[1_1_12rem]"
            aria-describedby={`${id}-refusal`}
            aria-invalid={message ? true : undefined}
          />
          <button type="submit" className="button" disabled={busy}>
            Add a passkey
          </button>
        </div>
        <div id={`${id}-refusal`}>
          <Refusal message={message} />
        </div>
      </form>
    </Panel>
  );
}
