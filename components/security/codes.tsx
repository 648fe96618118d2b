'use client';

import { useEffect, useRef } from 'react';
import { Panel } from '#components/dashboard/panel.tsx';
import { type Told, useTold } from './told.ts';

/** New recovery codes, told this once: to print, to save, to write down. */
export function NewCodes({
  codes,
  site,
  close,
}: {
  codes: string[];
  site: string;
  close: () => void;
}) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.focus(), []);
  const save = () => {
    const text = `Recovery codes for ${site}\nEach works once.\n\n${codes.join('\n')}\n`;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    link.download = 'recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-labelledby="new-codes"
      className="mb-10 border border-accent p-5 outline-none"
    >
      <h2 id="new-codes" className="text-xl font-semibold">
        Keep these recovery codes
      </h2>
      <p className="mt-2 max-w-2xl">
        With one of them you get in when passkey and app are lost. Each works once. They are shown
        only now: print them, or save them where you keep passwords.
      </p>
      <ul aria-label="Recovery codes" className="my-4 grid max-w-md gap-x-8 gap-y-1 sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="font-mono text-[1.05rem] tracking-wide">
            {code}
          </li>
        ))}
      </ul>
      <div className="no-print flex flex-wrap gap-3">
        <button type="button" className="button button-quiet" onClick={save}>
          Save as a file
        </button>
        <button type="button" className="button button-quiet" onClick={() => window.print()}>
          Print
        </button>
        <button type="button" className="button" onClick={close}>
          I have kept them
        </button>
      </div>
    </section>
  );
}

/** How many codes are left, and the way to new ones. */
export function CodesPanel({
  left,
  renew,
  show,
}: {
  left: number;
  renew: () => Promise<Told<{ codes: string[] }>>;
  show: (codes: string[]) => void;
}) {
  const { busy, message, call } = useTold();
  const make = async () => {
    const made = await call(renew);
    if (made) show(made.codes);
  };
  return (
    <Panel title="Recovery codes">
      <p className="mb-3">
        {left === 1 ? 'One code is left.' : `${left} codes are left.`} New ones make the old ones
        worthless.
      </p>
      <button type="button" className="button button-quiet" onClick={make} disabled={busy}>
        Make new codes
      </button>
      <Refusal message={message} />
    </Panel>
  );
}

/** Why something was refused, read out. */
export function Refusal({ message }: { message: string }) {
  return (
    <p role="alert" className="mt-2 min-h-6 text-accent">
      {message}
    </p>
  );
}
