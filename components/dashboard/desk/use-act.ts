'use client';

import { type RefObject, useState } from 'react';
import type { Desk } from '#components/dashboard/desk/desk.ts';
import { windowName } from '#components/dashboard/desk/kept.ts';
import type { ActAnswer } from '#components/dashboard/desk/replies.ts';

const away: ActAnswer = {
  ok: false,
  message: 'The server can’t be reached: nothing was done. Your words are kept in this browser.',
  fields: {},
};

/** What the buttons of the article's form do: the form is saved as it stands, and then what the button says is done. */
export function useAct<D extends { version: number }>({
  form,
  desk,
  save,
}: {
  form: RefObject<HTMLFormElement | null>;
  desk: RefObject<Desk<D> | null>;
  save: (form: FormData) => Promise<ActAnswer>;
}) {
  const [answer, setAnswer] = useState<ActAnswer | null>(null);
  const [pending, setPending] = useState(false);
  const run = async (element: HTMLFormElement, opened: Desk<D>, submitter: HTMLElement | null) => {
    const { saver } = opened;
    await saver.rest();
    const whole = opened.whole();
    const sent = new FormData(element, submitter);
    if (!submitter) sent.set('intent', 'save');
    if (whole.body !== null) sent.set('body', whole.body);
    sent.set('version', String(saver.version));
    sent.set('window', await windowName());
    const given = await save(sent).catch(() => null);
    if (!given) {
      await saver.unreachable();
      return away;
    }
    if (given.aside) opened.setAside(given.aside);
    else if (given.version) saver.settled(given.version, { at: whole, saved: true });
    if (given.ok && sent.get('intent') === 'discard') await opened.ask('keep', { anew: true });
    // Typed while this was under way.
    saver.look();
    return given;
  };
  const act = async (submitter: HTMLElement | null) => {
    if (!form.current || !desk.current || pending) return;
    setPending(true);
    try {
      setAnswer(await run(form.current, desk.current, submitter));
    } finally {
      setPending(false);
    }
  };
  return { answer, pending, act };
}
