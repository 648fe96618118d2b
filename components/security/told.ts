import { useState } from 'react';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { useProof } from './proof.tsx';

/** What an action answers that has more to say than how it went. */
export type Told<T> = { ok: true; value: T } | (FormAnswer & { ok: false });

/**
 * Calls such actions one at a time, asking for the second factor first where the server wants it. `message` is why the
 * last one was refused.
 */
export function useTold() {
  const prove = useProof();
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState('');
  const call = async <T>(action: () => Promise<Told<T>>): Promise<T | null> => {
    setBusy(true);
    setMessage('');
    try {
      let told = await action();
      if (!told.ok && told.ask && prove && (await prove())) told = await action();
      if (told.ok) return told.value;
      setMessage(told.message);
    } catch {
      setMessage('The server did not answer. Please try again.');
    } finally {
      setBusy(false);
    }
    return null;
  };
  return { busy, message, setMessage, call };
}
